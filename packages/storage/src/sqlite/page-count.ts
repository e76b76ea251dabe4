import type { Database } from 'better-sqlite3';
import { MOST_COUNTED } from '../archive/counted.js';
import type { IdRange } from '../archive/range.js';
import {
  type ArchiveRow,
  type Asked,
  isEmpty,
  type Parameters,
  partOf,
  type Stretch,
  searchesFor,
} from './page-search.js';
import { COUNT_AUTHORED, COUNT_BETWEEN, countSql } from './page-sql.js';
import { statementsFor } from './statements.js';

/** What is counted: what was asked for, between two stanza ids, and the places that this range stands for. */
interface Counted {
  readonly asked: Asked;
  readonly range: IdRange;
  readonly stretch: Stretch;
}

/** The counter of what a query finds; `undefined` where that would take too long (see `counted.ts`). */
export function pageCounter(db: Database): (row: ArchiveRow, what: Counted) => number | undefined {
  const countBetween = db.prepare<[number, number, number, number], number>(COUNT_BETWEEN).pluck();
  const count = statementsFor<Parameters, { readonly 'count(*)': number }>(db);

  const countStretch = (row: ArchiveRow, range: IdRange, stretch: Stretch): number => {
    const { first, last } = stretch;
    if (first === 1 && last === row.last_seq) return row.message_count;
    const places = isEmpty(stretch) ? 0 : last - first + 1;
    // Without a gap in the archive the places themselves tell the number.
    if (row.message_count === row.last_seq) return places;
    const counted = countBetween.get(row.id, range.after, range.before, MOST_COUNTED + 1) ?? 0;
    // With gaps they are about right, and never fewer: a client that goes on while there are more than it has does so.
    return counted > MOST_COUNTED ? Math.min(places, row.message_count) : counted;
  };

  return (row, { asked, range, stretch }) => {
    // So few messages as are counted are read sooner than words are looked up.
    const searches = searchesFor(asked, false);
    if (searches.some(({ text, media }) => text || media)) {
      if (stretch.last - stretch.first >= MOST_COUNTED) return undefined;
    } else if (asked.author === undefined) return countStretch(row, range, stretch);
    const limit = MOST_COUNTED + 1;
    let sum = 0;
    for (const search of searches) {
      const part = partOf(search, row, searches, stretch);
      if (isEmpty(part)) continue;
      const byIndex = search.source === 'author' && !search.text && !search.media;
      const sql = byIndex ? COUNT_AUTHORED : countSql(search);
      sum += count(sql).get({ ...asked, ...part, limit })?.['count(*)'] ?? 0;
    }
    return sum > MOST_COUNTED ? undefined : sum;
  };
}
