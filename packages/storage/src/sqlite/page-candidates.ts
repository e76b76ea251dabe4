import type { Database } from 'better-sqlite3';
import type { Parameters, Stretch } from './page-search.js';
import { candidatesSql } from './page-sql.js';
import { beyond, type Direction, type Step } from './page-steps.js';
import { statementsFor } from './statements.js';

interface Candidate {
  readonly seq: number;
  /** 1: what is looked for is in the message. */
  readonly fits: number | null;
}

/** What came of a step: places in the archive, and what is left of the stretch. */
interface Found {
  readonly places: readonly number[];
  readonly rest: Stretch | undefined;
}

/** So many messages that the index of words names are read at once: some 10 ms. */
const MOST_READ = 1_024;

/** The reader of what the index of words names, up to so many messages that fit (`limit`). */
export function candidateReader(
  db: Database,
): (parameters: Parameters, step: Step, direction: Direction) => Found {
  const select = statementsFor<Parameters, Candidate>(db);
  return (parameters, { search, stretch }, direction) => {
    const places: number[] = [];
    let read = 0;
    const sql = candidatesSql(search, direction);
    for (const { seq, fits } of select(sql).iterate({ ...parameters, ...stretch })) {
      read += 1;
      if (fits === 1) places.push(seq);
      if (places.length === parameters.limit || read === MOST_READ) {
        return { places, rest: beyond(stretch, { first: seq, last: seq }, direction) };
      }
    }
    return { places, rest: undefined };
  };
}
