import type { Stretch } from './page-search.js';

/** Some milliseconds of work, for which everything else has to wait. */
const SLICE = 1_024;

/** A stretch in slices, from the end where reading begins: messages that have to be read one by one take long. */
export function* slicesOf(
  { first, last }: Stretch,
  direction: 'forward' | 'backward',
  size = SLICE,
): Generator<Stretch> {
  if (direction === 'forward') {
    for (let from = first; from <= last; from += size) {
      yield { first: from, last: Math.min(last, from + size - 1) };
    }
  } else {
    for (let to = last; to >= first; to -= size) yield { first: Math.max(first, to - size + 1), last: to };
  }
}
