import type { Group, Member, Pace } from './group.js';

/** How long somebody is a newcomer, in milliseconds: a day. */
const NEWCOMER_FOR = 24 * 60 * 60 * 1000;

/** The longest slow mode, in seconds: a day. */
export const LONGEST_SLOW_MODE = 24 * 60 * 60;

/** Whether members have to wait at all, some of them at least. */
export const isPaced = ({ slowMode, slowModeForNewcomers }: Pace): boolean =>
  slowMode > 0 || slowModeForNewcomers > 0;

/** How many seconds a member has to let pass between two messages, by how long he is there. `now` in milliseconds. */
export const slowModeOf = (
  { slowMode, slowModeForNewcomers }: Pace,
  { joinedAt }: Pick<Member, 'joinedAt'>,
  now: number,
): number => (now < joinedAt + NEWCOMER_FOR ? Math.max(slowMode, slowModeForNewcomers) : slowMode);

/**
 * For how many seconds a member has to wait still who has to let `slowMode` seconds pass; `0`: he may write. A clock
 * that was set back keeps nobody waiting for longer than that. `now` in milliseconds.
 */
export function secondsToWait(group: Group, member: Member, slowMode: number, now: number): number {
  const wrote = group.recent.byMember.get(member.id)?.wroteAt ?? 0;
  if (wrote > now) return 0;
  return Math.max(0, Math.ceil((wrote + slowMode * 1000 - now) / 1000));
}
