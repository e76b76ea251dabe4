import type { BareJid } from '../../jid/index.js';
import type { KontalkEvent } from '../evaluate/incoming.js';
import type { GroupState, MemberRecord } from '../model/group.js';
import { LIMITS } from '../model/limits.js';
import { isActive, isIn, listedIn } from '../model/members.js';

/** A group after something was applied, and what has happened in it. */
export interface Transition {
  readonly group: GroupState;
  readonly events: readonly KontalkEvent[];
}

/** What a command of the owner says along with it. */
export interface Given {
  readonly by: BareJid;
  /** When it was given, in milliseconds since the epoch. */
  readonly at: number;
  readonly messageId: string | undefined;
  /** Whether it was signed; the time of what was not is that of its arrival. */
  readonly signed: boolean;
  /** Since when the members are members, by the owner's word (reference 7.1). */
  readonly since: ReadonlyMap<BareJid, number>;
  /** Of whom the owner knows that they left, and when. */
  readonly parted: ReadonlyMap<BareJid, number>;
}

/** The owner takes somebody in, which makes good what he said before. */
export const takenIn = (
  before: MemberRecord | undefined,
  why: 'create' | 'add',
  { at, signed }: Given,
): MemberRecord => ({
  listed: true,
  why,
  at,
  // What is not signed has the time of its arrival, which says enough: he comes back after he left.
  since: signed ? at : Math.max(at, (before?.partedAt ?? at - 1) + 1),
  partedAt: before?.partedAt,
});

/** The owner counts somebody among the members, which does not make good what he said before. */
export function countedIn(before: MemberRecord | undefined, jid: BareJid, given: Given): MemberRecord {
  const since = given.since.get(jid) ?? before?.since ?? 0;
  if (before?.listed === true) return before.since === since ? before : { ...before, since };
  return { listed: true, why: 'snapshot', at: given.at, since, partedAt: before?.partedAt };
}

/** The owner does not, or no longer, count somebody among the members. */
export const countedOut = (before: MemberRecord, why: 'snapshot' | 'remove', { at }: Given): MemberRecord =>
  before.listed ? { ...before, listed: false, why, at } : before;

/** What changed between two states of a group, except for me. */
export function membersChanged(before: GroupState, after: GroupState, by: BareJid): KontalkEvent[] {
  if (before.members === after.members) return [];
  const added = onlyIn(after, before);
  const removed = onlyIn(before, after);
  return added.length + removed.length === 0
    ? []
    : [{ kind: 'members-changed', group: after.key, added, removed, by }];
}

/** Who is a member in one state and not in the other, the owner and me left out. */
function onlyIn(one: GroupState, other: GroupState): readonly BareJid[] {
  const found: BareJid[] = [];
  for (const [jid, record] of one.members) if (isIn(record) && !isActive(other, jid)) found.push(jid);
  return found;
}

/** Forgets those who have been gone the longest, beyond what is kept of them. */
export function withoutLongGone(
  members: ReadonlyMap<BareJid, MemberRecord>,
): ReadonlyMap<BareJid, MemberRecord> {
  if (members.size - listedIn(members) <= LIMITS.former) return members;
  const gone = [...members].filter(([, { listed }]) => !listed);
  gone.sort(([, one], [, other]) => one.at - other.at);
  const kept = new Map(members);
  for (const [jid] of gone.slice(0, gone.length - LIMITS.former)) kept.delete(jid);
  return kept;
}
