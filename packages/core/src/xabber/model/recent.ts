import type { DatedEvent } from './events.js';
import type { MemberId, Recent, Tally } from './group.js';

/** `Recent` to write in. */
export interface WritableRecent extends Recent {
  tally: Tally;
  readonly tallies: Map<MemberId, Tally>;
  readonly wroteAt: Map<MemberId, number>;
}

const MINUTE = 60_000;

export const nothingWritten = (): WritableRecent => ({
  tally: { minute: 0, count: 0 },
  tallies: new Map(),
  wroteAt: new Map(),
});

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
  recent.tallies.set(author, oneMore(recent.tallies.get(author), at));
  if (text !== '') recent.wroteAt.set(author, at);
}
