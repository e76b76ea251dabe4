import type { Database } from 'better-sqlite3';

/** Rows that are removed at once: of the largest ones four megabytes, some 20 ms of work. */
const SLICE = 1_024;

/** The tables of the index that grow with the archive. The first rows are its head, without which it cannot be dropped. */
const TABLES = ['message_search_data', 'message_search_docsize'];
const FIRST_ROW = 10;

/** So many blocks may be in a file that is checked as a whole when it is opened: all of them go at once. */
const MOST_AT_ONCE = 8_192;

/**
 * The remover of the index of three letters by which messages were found before there was one of words. It may have gigabytes, and
 * what is removed is overwritten: that is done in slices, for which SQLite has to be told that the tables below the index may be
 * written (https://www.sqlite.org/c3ref/c_dbconfig_defensive.html).
 * @returns a function that does a slice in a transaction, and tells whether more is left
 */
export function removalOfTrigrams(db: Database): () => boolean {
  const isThere = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'message_search'");
  let isGone = false;

  const removeSome = (table: string): boolean => {
    const rows = `SELECT id FROM ${table} WHERE id > ${FIRST_ROW}`;
    const count = db.prepare<[], number>(`SELECT count(*) FROM (${rows} LIMIT ${MOST_AT_ONCE})`).pluck();
    if (count.get() !== MOST_AT_ONCE) return false;
    db.exec(`DELETE FROM ${table} WHERE id IN (${rows} ORDER BY id DESC LIMIT ${SLICE})`);
    return true;
  };
  const step = db.transaction((): boolean => {
    if (isThere.get() === undefined) return false;
    if (TABLES.some(removeSome)) return true;
    db.exec('DROP TABLE message_search');
    return false;
  });
  return () => {
    if (isGone) return false;
    db.unsafeMode(true);
    try {
      isGone = !step.immediate();
    } finally {
      db.unsafeMode(false);
    }
    return !isGone;
  };
}
