import type { BareJid } from '@xmpp-groups/core/jid';
import type { ArchivePage, ArchiveQuery, PlacedMessage } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import { fold } from '../archive/fold.js';
import { pageOfMessages } from '../archive/page.js';
import { beyondCursor, type IdRange, rangeOf } from '../archive/range.js';
import { candidateReader } from './page-candidates.js';
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
import {
  MESSAGE_AT,
  MESSAGE_BY_ID,
  messagesSql,
  PLACE_AFTER,
  PLACE_BEFORE,
  type Search,
} from './page-sql.js';
import { type Direction, type Step, stepsOf } from './page-steps.js';
import { type PlacedRow, placedMessageOf } from './rows.js';
import { statementsFor } from './statements.js';
import { wordLookup } from './word-lookup.js';

const EMPTY: ArchivePage = { messages: [], complete: true, count: 0 };

/**
 * So many messages, about half a second, are looked through for a page where no index helps: for a text without
 * letters, or in thousands of different words, or for what messages carry. Whoever asks has others waiting.
 */
const MOST_LOOKED_THROUGH = 100_000;

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
  const at = db.prepare<[number, number], PlacedRow>(MESSAGE_AT);
  const candidates = candidateReader(db);
  const byId = db.prepare<[number, number], PlacedRow>(MESSAGE_BY_ID);
  const lookUp = wordLookup(db);
  const select = statementsFor<Parameters, PlacedRow>(db);
  const count = pageCounter(db);

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

  /** Adds to `messages` what the index of words names in a stretch and what fits. */
  function* byWords(
    asked: Asked,
    step: Step,
    direction: Direction,
    messages: PlacedMessage[],
    missing: () => number,
  ): Generator<void> {
    let stretch: Stretch | undefined = step.stretch;
    while (stretch !== undefined && !isEmpty(stretch) && missing() > 0) {
      const parameters = { ...asked, ...stretch, limit: missing() };
      const { places, rest } = candidates(parameters, { search: step.search, stretch }, direction);
      for (const place of places) {
        const row = at.get(asked.group, place);
        if (row !== undefined) messages.push(placedMessageOf(row));
      }
      stretch = rest;
      yield;
    }
  }

  return function* read(jid, query) {
    const row = archive.get(jid);
    if (row === undefined) return EMPTY;
    if (query.ids !== undefined) return withIds(row.id, query.ids, query);
    const { direction, max, cursor } = query.page;
    const range = rangeOf(query);
    const { author, withText, carrying } = query;
    const text = fold(withText ?? '');
    const narrowed = text === '' ? undefined : lookUp(text);
    const asked: Asked = { group: row.id, author, text, words: narrowed?.match, media: carrying?.join(' ') };
    const beyond = stretchOf(row, beyondCursor(range, query.page));

    const messages: PlacedMessage[] = [];
    const missing = (): number => max + 1 - messages.length;
    let isCut = false;
    const searches = searchesFor(asked, narrowed !== undefined);
    for (const search of direction === 'forward' ? searches : searches.toReversed()) {
      // What lies behind a part that was not looked through comes with a later page.
      if (isCut) break;
      const part = partOf(search, row, searches, beyond);
      let patience = patienceFor(search);
      for (const step of stepsOf(search, part, direction, narrowed, missing)) {
        if (missing() <= 0 || isEmpty(step.stretch)) break;
        isCut = patience <= 0;
        if (isCut) break;
        if (step.search.source === 'words') yield* byWords(asked, step, direction, messages, missing);
        else {
          const sql = messagesSql(step.search, direction);
          const rows = select(sql).all({ ...asked, ...step.stretch, limit: missing() });
          messages.push(...rows.map(placedMessageOf));
          patience -= step.stretch.last - step.stretch.first + 1;
          if (isReadOneByOne(step.search)) yield;
        }
      }
    }
    const complete = messages.length <= max && !isCut;
    messages.length = Math.min(messages.length, max);
    const isAll = complete && cursor === undefined;
    const found = isAll ? messages.length : count(row, { asked, range, stretch: stretchOf(row, range) });
    return { messages: direction === 'forward' ? messages : messages.reverse(), complete, count: found };
  };
}
