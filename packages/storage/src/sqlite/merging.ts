import type { Database } from 'better-sqlite3';

/** Pages that are merged at once, in one to three milliseconds. */
const MERGED = 32;

/**
 * Merges the parts of a full-text index step by step. By itself it does so as a part of some transaction that adds to it,
 * with some hundred pages at once, for which everybody waits; that is switched off
 * (https://www.sqlite.org/fts5.html, 6.7 and 6.8).
 * @returns a function that merges some pages, in a transaction of its own, and tells whether there may be more
 */
export function merging(db: Database, table: string): () => boolean {
  const setting = db.prepare<[], number>(`SELECT v FROM ${table}_config WHERE k = 'automerge'`).pluck();
  const command = (name: string, value: number) =>
    db.prepare<[]>(`INSERT INTO ${table} (${table}, rank) VALUES ('${name}', ${value})`);
  const leaveIt = command('automerge', 0);
  const mergeSome = command('merge', MERGED);
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();

  const merge = db.transaction((): boolean => {
    if (setting.get() !== 0) leaveIt.run();
    const before = changes.get() ?? 0;
    mergeSome.run();
    // The command itself is one change; there is no other sign of what it did.
    return (changes.get() ?? 0) - before > 1;
  });
  return () => merge.immediate();
}
