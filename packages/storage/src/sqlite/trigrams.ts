import type { Database } from 'better-sqlite3';

/** Rows that are removed at once: of the largest ones four megabytes, some 20 ms of work. */
const SLICE = 1_024;

/** The tables of the index that grow with the archive. The first rows are its head, without which it cannot be dropped. */
const TABLES = ['message_search_data', 'message_search_docsize'];
const FIRST_ROW = 10;

/** A file of up to so many pages may be checked as a whole when it is opened: from it all goes at once. */
const SMALL = 16_384;

/**
 * The remover of the index of three letters by which messages were found before there was one of words. It may have gigabytes, and
 * what is removed is overwritten: that is done in slices, for which SQLite has to be told that the tables below the index may be
 * written (https://www.sqlite.org/c3ref/c_dbconfig_defensive.html).
 * @returns a function that does a slice in a transaction, and tells whether more is left
 */
export function removalOfTrigrams(db: Database): () => boolean {
  const isThere = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'message_search'");
  let isGone = false;

  const pages = db.prepare<[], number>('SELECT page_count FROM pragma_page_count').pluck();
  const removeSome = (table: string): boolean =>
    db
      .prepare(
        `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE id > ? ORDER BY id DESC LIMIT ?)`,
      )
      .run(FIRST_ROW, SLICE).changes > 0;
  const step = db.transaction((): boolean => {
    // Another process may have been here meanwhile.
    if (isThere.get() === undefined) return false;
    if ((pages.get() ?? 0) > SMALL && TABLES.some(removeSome)) return true;
    db.exec('DROP TABLE message_search');
    return false;
  });
  return () => {
    // Looked for without the write lock, which nobody is to wait for who has no such index.
    isGone ||= isThere.get() === undefined;
    if (isGone) return false;
    db.unsafeMode(true);
    try {
      return step.immediate();
    } finally {
      db.unsafeMode(false);
    }
  };
}
