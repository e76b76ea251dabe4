import type { Stretch } from './page-search.js';

/** Some milliseconds of work, for which everything else has to wait. */
const SLICE = 1_024;

/**
 * A stretch in slices, from the end where reading begins: messages that have to be read one by one take long.
 * @param size the number of places in the first slice
 * @param most each slice has twice as many places as the one before, up to so many
 */
export function* slicesOf(
  { first, last }: Stretch,
  direction: 'forward' | 'backward',
  size = SLICE,
  most = size,
): Generator<Stretch> {
  let places = size;
  if (direction === 'forward') {
    for (let from = first; from <= last; ) {
      const to = Math.min(last, from + places - 1);
      yield { first: from, last: to };
      from = to + 1;
      places = Math.min(most, 2 * places);
    }
  } else {
    for (let to = last; to >= first; ) {
      const from = Math.max(first, to - places + 1);
      yield { first: from, last: to };
      to = from - 1;
      places = Math.min(most, 2 * places);
    }
  }
}
