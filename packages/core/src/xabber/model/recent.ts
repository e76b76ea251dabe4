import { none, withEntry } from './entries.js';
import type { DatedEvent } from './events.js';
import type { Recent, Tally } from './group.js';

/** `Recent` to write in. */
export interface WritableRecent extends Recent {
  tally: Tally;
  byMember: Recent['byMember'];
}

const MINUTE = 60_000;

const NOTHING: Tally = { minute: 0, count: 0 };

export const nothingWritten = (): WritableRecent => ({ tally: NOTHING, byMember: none() });

const minuteOf = (now: number): number => Math.floor(now / MINUTE);

/** How many messages of `tally` came in this minute. `now` in milliseconds. */
export const countedIn = (tally: Tally | undefined, now: number): number =>
  tally?.minute === minuteOf(now) ? tally.count : 0;

/** How many seconds this minute lasts still, from 1 to 60. `now` in milliseconds. */
export const restOfMinute = (now: number): number => Math.ceil((MINUTE - (now % MINUTE)) / 1000);

const oneMore = (tally: Tally | undefined, now: number): Tally => ({
  minute: minuteOf(now),
  count: countedIn(tally, now) + 1,
});

/** A member wrote a message, or another text in place of one; what the group says itself does not count. */
export function noteWritten(
  recent: WritableRecent,
  { message, at }: Extract<DatedEvent, { kind: 'messagePosted' | 'messageReplaced' }>,
): void {
  const { author, text } = message;
  if (author === undefined) return;
  recent.tally = oneMore(recent.tally, at);
  const before = recent.byMember.get(author);
  const wroteAt = text === '' ? (before?.wroteAt ?? 0) : at;
  const { minute, count } = oneMore(before, at);
  recent.byMember = withEntry(recent.byMember, author, { minute, count, wroteAt });
}
