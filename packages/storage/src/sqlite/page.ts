import type { BareJid } from '@xmpp-groups/core/jid';
import type { ArchivePage, ArchiveQuery, PlacedMessage } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import { fold } from '../archive/fold.js';
import { pageOfMessages } from '../archive/page.js';
import { beyondCursor, type IdRange, rangeOf } from '../archive/range.js';
import { pageCounter } from './page-count.js';
import {
  type ArchiveRow,
  type Asked,
  isEmpty,
  isReadOneByOne,
  type Parameters,
  partOf,
  type Stretch,
  searchesFor,
} from './page-search.js';
import { slicesOf } from './page-slices.js';
import { MESSAGE_BY_ID, messagesSql, PLACE_AFTER, PLACE_BEFORE, SAMPLE, type Search } from './page-sql.js';
import { type PlacedRow, placedMessageOf } from './rows.js';
import { statementsFor } from './statements.js';
import { wordsOf } from './words.js';

const EMPTY: ArchivePage = { messages: [], complete: true, count: 0 };

/**
 * So many messages, about half a second, are looked through for a page where no index helps: for a text of one or two
 * characters, or for what messages carry. Whoever asks has others waiting.
 */
const MOST_LOOKED_THROUGH = 100_000;

/** So many messages tell which trigrams are frequent. */
const SAMPLED = 128;

/** How many messages a search may look at: an index is followed to the end. */
const patienceFor = (search: Search): number =>
  search.source === 'place' && isReadOneByOne(search) ? MOST_LOOKED_THROUGH : Number.POSITIVE_INFINITY;

/**
 * The reader of pages of an archive (XEP-0313, section 4.1; XEP-0059). What takes long is done in steps of some
 * milliseconds: where it yields, other work may be done.
 */
export function pageReader(
  db: Database,
): (jid: BareJid, query: ArchiveQuery) => Generator<void, ArchivePage> {
  const archive = db.prepare<[string], ArchiveRow>(
    'SELECT id, message_count, last_seq, indexed_seq FROM groups WHERE jid = ?',
  );
  const placeAfter = db.prepare<[number, number], number>(PLACE_AFTER).pluck();
  const placeBefore = db.prepare<[number, number], number>(PLACE_BEFORE).pluck();
  const sample = db.prepare<[number, number, number, number], string>(SAMPLE).pluck();
  const byId = db.prepare<[number, number], PlacedRow>(MESSAGE_BY_ID);
  const select = statementsFor<Parameters, PlacedRow>(db);
  const count = pageCounter(db);

  const stretchOf = ({ id, last_seq }: ArchiveRow, { after, before }: IdRange): Stretch => ({
    first: after === -Infinity ? 1 : (placeAfter.get(id, after) ?? last_seq + 1),
    last: before === Infinity ? last_seq : (placeBefore.get(id, before) ?? 0),
  });

  const askedIn = (row: ArchiveRow, { author, withText, carrying }: ArchiveQuery): Asked => {
    const text = fold(withText ?? '');
    const words = wordsOf(text, () => sampleOf(row));
    return { group: row.id, author, text, words, media: carrying?.join(' ') };
  };

  /** The newest texts, folded. */
  const sampleOf = ({ id, last_seq }: ArchiveRow): string[] =>
    sample.all(id, Math.max(1, last_seq - SAMPLED), id, last_seq).map(fold);

  const withIds = (group: number, ids: readonly number[], query: ArchiveQuery): ArchivePage => {
    const found: PlacedMessage[] = [];
    for (const id of [...new Set(ids)].sort((one, other) => one - other)) {
      const row = byId.get(group, id);
      if (row !== undefined) found.push(placedMessageOf(row));
    }
    return pageOfMessages(found, query);
  };

  return function* read(jid, query) {
    const row = archive.get(jid);
    if (row === undefined) return EMPTY;
    if (query.ids !== undefined) return withIds(row.id, query.ids, query);
    const { direction, max, cursor } = query.page;
    const range = rangeOf(query);
    const asked = askedIn(row, query);
    const beyond = stretchOf(row, beyondCursor(range, query.page));

    const messages: PlacedMessage[] = [];
    let isCut = false;
    const searches = searchesFor(asked);
    for (const search of direction === 'forward' ? searches : searches.toReversed()) {
      // What lies behind a part that was not looked through comes with a later page.
      if (isCut) break;
      const sql = messagesSql(search, direction);
      const part = partOf(search, row, asked, beyond);
      const stretches = isReadOneByOne(search) ? slicesOf(part, direction) : [part];
      let patience = patienceFor(search);
      for (const stretch of stretches) {
        if (messages.length > max || isEmpty(stretch)) break;
        isCut = patience <= 0;
        if (isCut) break;
        const rows = select(sql).all({ ...asked, ...stretch, limit: max + 1 - messages.length });
        messages.push(...rows.map(placedMessageOf));
        patience -= stretch.last - stretch.first + 1;
        if (isReadOneByOne(search)) yield;
      }
    }
    const complete = messages.length <= max && !isCut;
    messages.length = Math.min(messages.length, max);
    const isAll = complete && cursor === undefined;
    const found = isAll ? messages.length : count(row, { asked, range, stretch: stretchOf(row, range) });
    return { messages: direction === 'forward' ? messages : messages.reverse(), complete, count: found };
  };
}
