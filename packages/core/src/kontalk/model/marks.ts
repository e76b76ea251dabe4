import { LIMITS } from './limits.js';

/**
 * What is remembered of one sender: a part of a record that states share which come out of each other. A state sees its
 * part, and that never changes; what a later one writes stands behind it. To copy a thousand marks for each message, of
 * which two are new, costs more than all the rest of evaluating it.
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
  readonly places: Map<string, number>;
}

/** A list without marks. */
export const noMarks = (): MarkList => listOf([]);

const listOf = (marks: string[]): MarkList => ({
  record: { marks, places: new Map(marks.map((mark, place) => [mark, place])) },
  from: 0,
  to: marks.length,
});

/** Whether a mark is in the list. */
export function hasMark({ record, from, to }: MarkList, mark: string): boolean {
  const place = record.places.get(mark);
  return place !== undefined && place >= from && place < to;
}

/** All marks of the list, the oldest first. */
export const marksIn = ({ record, from, to }: MarkList): string[] => record.marks.slice(from, to);

/** The list with those of `added` at its end that it has not; of what is too much the oldest go. */
export const withMarks = (list: MarkList, added: readonly string[]): MarkList => added.reduce(withMark, list);

function withMark(list: MarkList, mark: string): MarkList {
  if (hasMark(list, mark)) return list;
  const { record, from, to } = canGrow(list, mark) ? list : listOf(marksIn(list));
  record.places.set(mark, to);
  record.marks.push(mark);
  return { record, from: Math.max(from, to + 1 - LIMITS.seenOfSender), to: to + 1 };
}

/**
 * Whether the record can be written on without changing what any state sees: nobody else has, and no state sees the mark
 * at another place. A record of which half counts no more is left behind, too.
 */
const canGrow = ({ record, from, to }: MarkList, mark: string): boolean =>
  to === record.marks.length && !record.places.has(mark) && from < LIMITS.seenOfSender;
