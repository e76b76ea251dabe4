import type { BareJid } from '../../jid/index.js';
import type { KontalkEvent } from '../evaluate/incoming.js';
import type { GroupState } from '../model/group.js';
import { isIn } from '../model/members.js';
import { logged } from './owner-command.js';
import type { Transition } from './transition.js';

interface Leaving {
  readonly by: BareJid;
  /** When he left by his own clock, in milliseconds since the epoch. */
  readonly at: number;
  readonly messageId: string | undefined;
}

/**
 * Somebody leaves (reference 2.7, rows 14, 15, 35; Kontalk page: "they should not consider the sender to be part
 * of the group anymore"). When the owner leaves nobody can change the members any more, until he comes back.
 */
export function applyPart(before: GroupState, leaving: Leaving): Transition {
  const { by, at } = leaving;
  const { key, me } = before;
  const log = logged(before, 'part', leaving);
  const owner = by === key.owner;
  if (owner && by !== me) {
    return {
      group: { ...before, ownerState: 'parted', lastOwner: at, log },
      events: before.ownerState === 'active' ? [{ kind: 'owner-left', group: key }] : [],
    };
  }
  if (by === me) {
    const mine: GroupState = { ...before, my: 'parted', myExit: at, log };
    const group: GroupState = owner ? { ...mine, ownerState: 'parted', lastOwner: at } : mine;
    return { group, events: [{ kind: 'left', group: key }] };
  }
  const record = before.members.get(by);
  if (record === undefined) return { group: before, events: [] };
  const parted = { ...record, partedAt: Math.max(at, record.partedAt ?? at) };
  const events: KontalkEvent[] =
    isIn(record) && !isIn(parted) ? [{ kind: 'member-left', group: key, member: by }] : [];
  return { group: { ...before, members: new Map(before.members).set(by, parted), log }, events };
}
