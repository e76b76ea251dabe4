import { hashOf } from './hash-of.js';

/**
 * Says where in a growing list of texts one of them stands. A `Map` does that, too; but a mark is hardly ever there, and to
 * find that out in a `Map` takes V8 a look at its table and at each text with the same remainder, which all lie elsewhere
 * in memory. With thousands of marks that was a quarter of evaluating a message. Here the hashes stand in the
 * table, which is a quarter as large.
 */
export interface MarkIndex {
  /**
   * Two numbers for each text, in the first free pair from the one that its hash names: the hash, and its place in the
   * list, counted from 1. A place of 0 makes a pair a free one. At least half of them are.
   */
  cells: Int32Array;
}

/** Of the smallest table, in pairs; sizes are powers of two. */
const FEWEST = 8;

const tableOf = (pairs: number): Int32Array => new Int32Array(2 * pairs);

/** The index of a list of texts, none of them twice. */
export function indexOf(list: readonly string[]): MarkIndex {
  let pairs = FEWEST;
  while (pairs < 2 * list.length) pairs *= 2;
  const cells = tableOf(pairs);
  for (const [place, text] of list.entries()) put(cells, hashOf(text), place);
  return { cells };
}

/** The place of a text in its list; -1 when it is not there. */
export function placeIn({ cells }: MarkIndex, list: readonly string[], text: string): number {
  const hash = hashOf(text);
  for (let at = cellOf(cells, hash); ; at = next(cells, at)) {
    const place = (cells[at + 1] ?? 0) - 1;
    if (place < 0 || (cells[at] === hash && list[place] === text)) return place;
  }
}

/** Notes that a text, which is not there yet, stands at the end of its list now. */
export function addLast(index: MarkIndex, list: readonly string[], text: string): void {
  if (4 * list.length > index.cells.length) index.cells = indexOf(list).cells;
  else put(index.cells, hashOf(text), list.length - 1);
}

function put(cells: Int32Array, hash: number, place: number): void {
  let at = cellOf(cells, hash);
  while (cells[at + 1] !== 0) at = next(cells, at);
  cells[at] = hash;
  cells[at + 1] = place + 1;
}

const cellOf = (cells: Int32Array, hash: number): number => (2 * hash) & (cells.length - 1);
const next = (cells: Int32Array, at: number): number => (at + 2) & (cells.length - 1);
