import type { Database } from 'better-sqlite3';

/** Lets go of the journal, in which old states of pages stay until it is written over. */
export interface JournalCutter {
  /** What was deleted is to be gone from the journal as well. */
  ask(): void;
  /** Does so, if it was asked for; always `false`: nothing is left to do at once. */
  run(): boolean;
}

/**
 * While another process reads or writes the journal cannot be cut: nobody waits for that, it is tried again in the next
 * pause.
 */
export function journalCutter(db: Database): JournalCutter {
  let isAsked = false;
  return {
    ask: () => {
      isAsked = true;
    },
    run: () => {
      if (!isAsked) return false;
      const timeout = Number(db.pragma('busy_timeout', { simple: true }));
      db.pragma('busy_timeout = 0');
      try {
        isAsked = db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) !== 0;
      } finally {
        db.pragma(`busy_timeout = ${timeout}`);
      }
      return false;
    },
  };
}
