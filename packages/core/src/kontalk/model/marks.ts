import { LIMITS } from './limits.js';
import { addLast, indexOf, type MarkIndex, placeIn } from './mark-index.js';

/**
 * What is remembered of one sender: a part of a record that states share which come out of each other. A state sees its
 * part, and that never changes; what a later one writes stands behind it. To copy a thousand marks for each message, of
 * which two are new, was half of evaluating it.
 */
export interface MarkList {
  readonly record: MarkRecord;
  /** The part: from the oldest mark that counts, and up to (not with) this place. */
  readonly from: number;
  readonly to: number;
}

/** Marks in the order in which they came, and the place of each. It only grows. */
interface MarkRecord {
  readonly marks: string[];
  readonly index: MarkIndex;
}

/** A list without marks. */
export const noMarks = (): MarkList => listOf([]);

const listOf = (marks: string[]): MarkList => ({
  record: { marks, index: indexOf(marks) },
  from: 0,
  to: marks.length,
});

/** Whether a mark is in the list. */
export function hasMark({ record, from, to }: MarkList, mark: string): boolean {
  const place = placeIn(record.index, record.marks, mark);
  return place >= from && place < to;
}

/** All marks of the list, the oldest first. */
export const marksIn = ({ record, from, to }: MarkList): string[] => record.marks.slice(from, to);

/** The list with those of `added` at its end that it has not; of what is too much the oldest go. */
export function withMarks(list: MarkList, added: readonly string[]): MarkList {
  let marked = list;
  for (const mark of added) marked = withMark(marked, mark);
  return marked;
}

/**
 * A record is written on only when that does not change what any state sees: nobody else has written on it, and no state
 * sees the mark at another place. One of which half counts no more is left behind, too.
 */
function withMark(list: MarkList, mark: string): MarkList {
  const { record, from, to } = list;
  const place = placeIn(record.index, record.marks, mark);
  if (place >= from && place < to) return list;
  if (place >= 0 || to < record.marks.length || from >= LIMITS.seenOfSender) {
    return withMark(listOf(marksIn(list)), mark);
  }
  record.marks.push(mark);
  addLast(record.index, record.marks, mark);
  return { record, from: Math.max(from, to + 1 - LIMITS.seenOfSender), to: to + 1 };
}
