import type { Group, Member, MemberId } from '../model/group.js';
import { inForce, levelIn, type Permission, RESTRICTIONS } from '../model/rights.js';

/** What becomes of a group when somebody leaves it. */
export type Succession =
  /** There is somebody who leads it for ever. */
  | { readonly kind: 'none' }
  /** He gets this permission, for ever. */
  | { readonly kind: 'heir'; readonly heir: Member; readonly permission: Permission }
  /** Nobody is left. */
  | { readonly kind: 'end' };

/**
 * Who leads a group after `leaver` has left: a group is never without somebody who does so for ever. The heir is the
 * member with the highest permissions, among equals one without restrictions, among these the one who has been known
 * to the group for the longest time. He becomes the owner; but in an incognito group owners see who the members are,
 * and nobody has trusted him with that: there he becomes an admin with all rights below. `now` in milliseconds.
 */
export function successionAfter(group: Group, leaver: MemberId, now: number): Succession {
  const leading: Permission = group.properties.privacy === 'incognito' ? 'change-group' : 'owner';
  let best: { readonly heir: Member; readonly rank: number } | undefined;
  for (const heir of group.members.values()) {
    if (heir.subscription !== 'both' || heir.id === leaver) continue;
    if (heir.rights.get('owner') === 0 || heir.rights.get(leading) === 0) return { kind: 'none' };
    const rank = rankOf(heir, now);
    // The list is in the order in which the group came to know its members.
    if (best === undefined || rank > best.rank) best = { heir, rank };
  }
  if (best === undefined) return { kind: 'end' };
  const { heir } = best;
  return { kind: 'heir', heir, permission: inForce(heir.rights, 'owner', now) ? 'owner' : leading };
}

/** The level decides; a restriction is less than a level. */
function rankOf({ rights }: Member, now: number): number {
  if (rights.size === 0) return 0;
  const restricted = RESTRICTIONS.some((restriction) => inForce(rights, restriction, now));
  return levelIn(rights, now) - (restricted ? 0.5 : 0);
}
