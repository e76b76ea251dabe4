import type { Database } from 'better-sqlite3';

/**
 * Does `work`, transactions of which nobody is told, without waiting for the disk. When the power fails the last of them
 * may never have happened, as a whole and in their order: that is what `synchronous = NORMAL` means for a journal
 * (https://www.sqlite.org/pragma.html#pragma_synchronous). What is committed afterwards is synced with all before it.
 */
export function unsynced<T>(db: Database, work: () => T): T {
  db.pragma('synchronous = NORMAL');
  try {
    return work();
  } finally {
    db.pragma('synchronous = FULL');
  }
}
