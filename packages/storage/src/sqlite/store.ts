import { resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { ArchivePage, Store } from '@xmpp-groups/core/xabber';
import type Database from 'better-sqlite3';
import type { StoreError } from '../error.js';
import { answerReader } from './answers.js';
import { catchUp } from './catch-up.js';
import { committer } from './commit.js';
import { storeErrorOf } from './failure.js';
import { guardedBy } from './guarded.js';
import { journalCutter } from './journal.js';
import { listingOf } from './listing.js';
import { groupLoader } from './load.js';
import { lookupsIn } from './lookups.js';
import { openDatabase, type SqliteOptions } from './open.js';
import { pageReader } from './page.js';
import { remover } from './remove.js';
import { searchIndexer } from './search-index.js';
import { unsynced } from './unsynced.js';
import { writeBack } from './write-back.js';

export interface SqliteStore extends Store {
  /** Brings the indexes up to the newest message at once, instead of in the pauses. */
  index(): Promise<void>;
}

/**
 * Opens the SQLite file at `path`; it and its folder are created when they are missing.
 * @throws StoreError (rejects)
 */
export async function openSqlite(path: string, options: SqliteOptions = {}): Promise<SqliteStore> {
  const file = resolve(path);
  return guardedBy(file, () => storeOf(openDatabase(file, options), file, options));
}

/** 64 MiB: pages that many messages touch are then copied once for all of them. */
const JOURNAL_PAGES = 16_384;

const warn = (error: StoreError): void => process.emitWarning(error);

function storeOf(db: Database.Database, file: string, options: SqliteOptions): SqliteStore {
  const { onProblem = warn, journalPages = JOURNAL_PAGES } = options;
  const load = groupLoader(db);
  const commit = committer(db);
  const answered = answerReader(db);
  const page = pageReader(db);
  const listing = listingOf(db);
  const remove = remover(db);
  const follow = searchIndexer(db);
  // Who has not indexed a message will do so later.
  const index = (): boolean => unsynced(db, follow);
  const lookups = lookupsIn(db);
  const forget = journalCutter(db);
  const failed = (cause: unknown): void => {
    const problem = storeErrorOf(cause, file);
    // Nobody has to be told twice: who writes to a full disk, or beside a lock, hears of it in his own call.
    if (problem.kind !== 'full' && problem.kind !== 'locked') onProblem(problem);
  };
  // What waits until nobody has the journal may have waited for this.
  const copying = writeBack(db, file, { pages: journalPages, copied: () => following.wake(), failed });
  const following = catchUp(() => {
    copying.look();
    return index() || forget.run();
  }, failed);

  /** Each step sees one state of the file. */
  const step = db.transaction((reading: Generator<void, ArchivePage>) => reading.next());
  const readPage: Store['page'] = async (group, query) => {
    const reading = page(group, query);
    for (;;) {
      const found = guardedBy(file, () => step(reading), db);
      if (found.done === true) return found.value;
      await turn();
    }
  };

  const guarded = async <T>(work: () => T): Promise<T> => guardedBy(file, work, db);

  following.wake();
  return {
    load: (group) => guarded(() => load(group)),
    revision: (group) => guarded(() => lookups.revision(group)),
    commit: (changes) =>
      guarded(() => {
        const outcomes = commit(changes);
        if (changes.some(({ events }) => events.some(({ kind }) => kind === 'accountErased'))) forget.ask();
        following.wake();
        return outcomes;
      }),
    answered: (name) => guarded(() => answered(name)),
    findByOrigin: (group, author, originId) => guarded(() => lookups.findByOrigin(group, author, originId)),
    page: readPage,
    message: (group, id) => guarded(() => lookups.message(group, id)),
    previous: (group, before, except) => guarded(() => lookups.previous(group, before, except)),
    rewrites: (group, since, max) => guarded(() => lookups.rewrites(group, since, max)),
    traces: (group, of, before, max) => guarded(() => lookups.traces(group, of, before, max)),
    groupsOf: (jid) => guarded(() => lookups.groupsOf(jid)),
    avatar: (group, id) => guarded(() => lookups.avatar(group, id)),
    avatarById: (host, id, accepts) => guarded(() => lookups.avatarById(host, id, accepts)),
    orphans: () => guarded(() => lookups.orphans()),
    expiring: (until) => guarded(() => lookups.expiring(until)),
    listedGroups: (host, asker) => guarded(() => listing.listed(host, asker)),
    allGroups: () => guarded(() => listing.all()),
    jidsOn: (host) => guarded(() => listing.jidsOn(host)),
    totals: () => guarded(() => listing.totals()),
    remove: (group) =>
      guarded(() => {
        const removed = remove(group);
        following.wake();
        return removed;
      }),
    index: () =>
      guarded(() => {
        while (index());
        forget.run();
      }),
    close: async () => {
      following.stop();
      await copying.stop();
      guardedBy(file, () => void db.close());
    },
  };
}
