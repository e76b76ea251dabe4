import type { Errand, KontalkEvent } from '@xmpp-groups/core/kontalk';
import type { Kept } from './kept.js';

/** What a stanza led to. Nothing of it is told or sent before `kept` is saved. */
export interface Heard {
  readonly kept: Kept;
  readonly events: readonly KontalkEvent[];
  readonly errands: readonly Errand[];
  /** What else is to be told or sent. */
  readonly more: readonly (() => void)[];
}

export const nothingHeard = (kept: Kept): Heard => ({ kept, events: [], errands: [], more: [] });

/** One after the other. */
export const joined = (first: Heard, second: Heard): Heard => ({
  kept: second.kept,
  events: [...first.events, ...second.events],
  errands: [...first.errands, ...second.errands],
  more: [...first.more, ...second.more],
});
