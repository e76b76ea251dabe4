import type { BareJid } from '@xmpp-groups/core/jid';
import type { ArchivePage, ArchiveQuery, PlacedMessage } from '@xmpp-groups/core/xabber';
import type { Database, Statement } from 'better-sqlite3';
import { fold } from '../archive/fold.js';
import { pageOfMessages } from '../archive/page.js';
import { beyondCursor, type IdRange, rangeOf } from '../archive/range.js';
import {
  COUNT_BETWEEN,
  countSql,
  MESSAGE_BY_ID,
  messagesSql,
  PLACE_AFTER,
  PLACE_BEFORE,
  type Search,
} from './page-sql.js';
import { type PlacedRow, placedMessageOf } from './rows.js';
import { wordsOf } from './words.js';

interface ArchiveRow {
  readonly id: number;
  readonly message_count: number;
  readonly last_seq: number;
  readonly indexed_seq: number;
}

/** Places in an archive, both included; none when `first` is greater. */
interface Stretch {
  readonly first: number;
  readonly last: number;
}

interface Parameters extends Stretch {
  readonly group: number;
  readonly author: string | undefined;
  readonly text: string;
  readonly words: string | undefined;
  readonly media: string | undefined;
}

const EMPTY: ArchivePage = { messages: [], complete: true, count: 0 };

const isEmpty = ({ first, last }: Stretch): boolean => first > last;

/** The reader of pages of an archive (XEP-0313, section 4.1; XEP-0059). */
export function pageReader(db: Database): (jid: BareJid, query: ArchiveQuery) => ArchivePage {
  const archive = db.prepare<[string], ArchiveRow>(
    'SELECT id, message_count, last_seq, indexed_seq FROM groups WHERE jid = ?',
  );
  const placeAfter = db.prepare<[number, number], number>(PLACE_AFTER).pluck();
  const placeBefore = db.prepare<[number, number], number>(PLACE_BEFORE).pluck();
  const byId = db.prepare<[number, number], PlacedRow>(MESSAGE_BY_ID);
  const countBetween = db.prepare<[number, number, number], number>(COUNT_BETWEEN).pluck();
  const select = statementsFor<Parameters & { readonly limit: number }, PlacedRow>(db);
  const count = statementsFor<Parameters, { readonly 'count(*)': number }>(db);

  const stretchOf = ({ id, last_seq }: ArchiveRow, { after, before }: IdRange): Stretch => ({
    first: after === -Infinity ? 1 : (placeAfter.get(id, after) ?? last_seq + 1),
    last: before === Infinity ? last_seq : (placeBefore.get(id, before) ?? 0),
  });

  const withIds = (group: number, ids: readonly number[], query: ArchiveQuery): ArchivePage => {
    const found: PlacedMessage[] = [];
    for (const id of [...new Set(ids)].sort((one, other) => one - other)) {
      const row = byId.get(group, id);
      if (row !== undefined) found.push(placedMessageOf(row));
    }
    return pageOfMessages(found, query);
  };

  const counted = (
    row: ArchiveRow,
    searches: readonly Search[],
    asked: Omit<Parameters, keyof Stretch>,
    range: IdRange,
  ): number => {
    const parameters = { ...asked, ...stretchOf(row, range) };
    const { first, last } = parameters;
    if (asked.author === undefined && asked.text === '' && asked.media === undefined) {
      if (first === 1 && last === row.last_seq) return row.message_count;
      // Without a gap in the archive the places themselves tell the number.
      if (row.message_count === row.last_seq) return isEmpty(parameters) ? 0 : last - first + 1;
      return countBetween.get(row.id, range.after, range.before) ?? 0;
    }
    return searches
      .map((search) => partOf(search, row, parameters))
      .filter(({ stretch }) => !isEmpty(stretch))
      .reduce(
        (sum, { search, stretch }) =>
          sum + (count(countSql(search)).get({ ...parameters, ...stretch })?.['count(*)'] ?? 0),
        0,
      );
  };

  const read = (jid: BareJid, query: ArchiveQuery): ArchivePage => {
    const row = archive.get(jid);
    if (row === undefined) return EMPTY;
    if (query.ids !== undefined) return withIds(row.id, query.ids, query);
    const { direction, max } = query.page;
    const range = rangeOf(query);
    const text = fold(query.withText ?? '');
    const asked = {
      group: row.id,
      author: query.author,
      text,
      words: wordsOf(text),
      media: query.carrying?.join(' '),
    };
    const searches = searchesFor(asked);
    const beyond = { ...asked, ...stretchOf(row, beyondCursor(range, query.page)) };

    const messages: PlacedMessage[] = [];
    for (const search of direction === 'forward' ? searches : searches.toReversed()) {
      const { stretch } = partOf(search, row, beyond);
      const limit = max + 1 - messages.length;
      if (limit === 0 || isEmpty(stretch)) continue;
      const rows = select(messagesSql(search, direction)).all({ ...beyond, ...stretch, limit });
      messages.push(...rows.map(placedMessageOf));
    }
    const complete = messages.length <= max;
    messages.length = Math.min(messages.length, max);
    return {
      messages: direction === 'forward' ? messages : messages.reverse(),
      complete,
      count: counted(row, searches, asked, range),
    };
  };
  return db.transaction(read);
}

/**
 * The ways to look for what was asked for, from the oldest messages to the newest. Where an index helps there
 * are two: it knows the older messages, and those that it has not come to yet are looked through.
 */
function searchesFor(asked: Omit<Parameters, keyof Stretch>): readonly Search[] {
  const conditions = {
    author: asked.author !== undefined,
    text: asked.text !== '',
    media: asked.media !== undefined,
  };
  const place: Search = { source: 'place', ...conditions };
  if (asked.words !== undefined) return [{ source: 'words', ...conditions }, place];
  if (conditions.author) return [{ source: 'author', ...conditions }, place];
  return [place];
}

/** The part of a stretch that one of these ways has to do with. */
function partOf(search: Search, row: ArchiveRow, { first, last, words, author }: Parameters) {
  const indexed = words !== undefined || author !== undefined ? row.indexed_seq : 0;
  const stretch: Stretch =
    search.source === 'place'
      ? { first: Math.max(first, indexed + 1), last }
      : { first, last: Math.min(last, indexed) };
  return { search, stretch };
}

/** Statements by their text, each prepared when it is first needed. */
function statementsFor<P extends object, R>(db: Database): (sql: string) => Statement<[P], R> {
  const prepared = new Map<string, Statement<[P], R>>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare<[P], R>(sql);
    prepared.set(sql, statement);
    return statement;
  };
}
