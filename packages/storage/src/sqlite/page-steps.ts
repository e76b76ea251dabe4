import { isReadOneByOne, type Stretch } from './page-search.js';
import { slicesOf } from './page-slices.js';
import type { Search } from './page-sql.js';
import type { Narrowed } from './word-lookup.js';

export type Direction = 'forward' | 'backward';

/** What is done without a pause: one way to look for messages, in one stretch of the archive. */
export interface Step {
  readonly search: Search;
  readonly stretch: Stretch;
}

/** To open a list of the index takes as long as to read so many messages: 45 microseconds. */
const OPENING = 20;
/** Fewer messages than this are no slice. */
const LEAST_READ = 512;
/** About so many entries are looked at in one step, each of which may name a message to be read. */
const POSTINGS = 16_384;
/** But fewer places than these are not asked for at once: the lists have to be opened again for each step. */
const LEAST_PLACES = 16_384;

/**
 * The steps by which a part of an archive is searched.
 * @param missing how many messages are still looked for
 */
export function* stepsOf(
  search: Search,
  part: Stretch,
  direction: Direction,
  narrowed: Narrowed | undefined,
  missing: () => number,
): Generator<Step> {
  if (search.source !== 'words' || narrowed === undefined) {
    const stretches = isReadOneByOne(search) ? slicesOf(part, direction) : [part];
    for (const stretch of stretches) yield { search, stretch };
    return;
  }
  if (narrowed.match === undefined) return;
  let rest: Stretch | undefined = part;
  for (const step of readFirst(search, part, direction, narrowed, missing)) {
    yield step;
    rest = beyond(part, step.stretch, direction);
  }
  const places = rest.last - rest.first + 1;
  const size = Math.ceil((places * POSTINGS) / Math.max(POSTINGS, narrowed.postings));
  for (const stretch of slicesOf(rest, direction, Math.max(LEAST_PLACES, size))) yield { search, stretch };
}

/** What is left of a part of an archive behind a stretch of it. */
export const beyond = (part: Stretch, { first, last }: Stretch, direction: Direction): Stretch =>
  direction === 'forward' ? { first: last + 1, last: part.last } : { first: part.first, last: first - 1 };

/**
 * The messages that are read one by one, before the lists of the index are opened or instead of that: as many as could be read
 * meanwhile, and more as long as the page is likely to be full before. What many words hold is often found this way, and is dear
 * to be looked up.
 */
function* readFirst(
  search: Search,
  part: Stretch,
  direction: Direction,
  { runs, lists }: Narrowed,
  missing: () => number,
): Generator<Step> {
  // What holds one of two words seldom holds the other, too: reading is less likely to find anything.
  const opening = (lists * OPENING) / runs ** 2;
  if (opening < LEAST_READ) return;
  const wanted = missing();
  let read = 0;
  for (const stretch of slicesOf(part, direction)) {
    const found = wanted - missing();
    const expected = found === 0 ? Number.POSITIVE_INFINITY : (missing() * read) / found;
    if (read >= opening && expected > opening) return;
    yield { search: { ...search, source: 'place' }, stretch };
    read += stretch.last - stretch.first + 1;
  }
}
