import { isEmpty, type Stretch } from './page-search.js';

/** Places that are looked at without a pause, at first. */
const FIRST_SLICE = 4_096;
const SHORTEST_SLICE = 64;
/** Milliseconds that a slice should take: whatever else the process has to do waits so long. */
const SLICE_MS = 4;

/** A stretch that is taken in slices, from the end where reading begins. */
export interface Slices {
  /** The next slice; `undefined` when nothing is left. */
  next(): Stretch | undefined;
  /** How long the last slice took, in milliseconds: the next is longer or shorter accordingly. */
  took(milliseconds: number): void;
}

/** @param whole whether all may be taken at once, because an index leads to just what is wanted */
export function slicesOf(stretch: Stretch, direction: 'forward' | 'backward', whole: boolean): Slices {
  let rest = stretch;
  let length = whole ? Number.POSITIVE_INFINITY : FIRST_SLICE;
  return {
    next: () => {
      if (isEmpty(rest)) return undefined;
      const { first, last } = rest;
      if (direction === 'forward') {
        const end = Math.min(last, first + length - 1);
        rest = { first: end + 1, last };
        return { first, last: end };
      }
      const start = Math.max(first, last - length + 1);
      rest = { first, last: start - 1 };
      return { first: start, last };
    },
    took: (milliseconds) => {
      if (milliseconds < SLICE_MS / 2) length *= 2;
      else if (milliseconds > SLICE_MS) length = Math.max(SHORTEST_SLICE, Math.floor(length / 2));
    },
  };
}
