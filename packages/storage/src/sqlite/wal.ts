import Database from 'better-sqlite3';

/** Milliseconds between two attempts. */
const PAUSE = 5;

/**
 * Puts the file into WAL mode (https://www.sqlite.org/wal.html), where it stays. While another process is doing the same
 * to a new file SQLite does not wait as it does for other locks, but fails at once: it is tried again.
 * @param timeout how many milliseconds to try
 * @throws SqliteError
 */
export function useWal(db: Database.Database, timeout: number): void {
  const end = performance.now() + timeout;
  for (;;) {
    try {
      db.pragma('journal_mode = WAL');
      return;
    } catch (cause) {
      const isBusy = cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY');
      if (!isBusy || performance.now() > end) throw cause;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
