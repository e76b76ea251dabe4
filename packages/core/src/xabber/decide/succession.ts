import type { Group, Member, MemberId } from '../model/group.js';
import { inForce, levelIn, RESTRICTIONS } from '../model/rights.js';

/** What becomes of a group when somebody leaves it. */
export type Succession =
  /** There is an owner, for ever; or the group is a private chat, which needs none. */
  | { readonly kind: 'none' }
  /** He becomes the owner. */
  | { readonly kind: 'heir'; readonly heir: Member }
  /** Nobody is left. */
  | { readonly kind: 'end' };

/**
 * Who owns a group after `leaver` has left: a group is never without somebody who owns it for ever. The heir is the
 * member with the highest permissions, among equals one without restrictions, among these the one who has been known
 * to the group for the longest time. `now` in milliseconds.
 */
export function successionAfter(group: Group, leaver: MemberId, now: number): Succession {
  let best: { readonly member: Member; readonly rank: number } | undefined;
  for (const member of group.members.values()) {
    if (member.subscription !== 'both' || member.id === leaver) continue;
    if (member.rights.get('owner') === 0) return { kind: 'none' };
    const rank = rankOf(member, now);
    // The list is in the order in which the group came to know its members.
    if (best === undefined || rank > best.rank) best = { member, rank };
  }
  if (best === undefined) return { kind: 'end' };
  return group.parent === undefined ? { kind: 'heir', heir: best.member } : { kind: 'none' };
}

/** The level decides; a restriction is less than a level. */
function rankOf({ rights }: Member, now: number): number {
  if (rights.size === 0) return 0;
  const restricted = RESTRICTIONS.some((restriction) => inForce(rights, restriction, now));
  return levelIn(rights, now) - (restricted ? 0.5 : 0);
}
