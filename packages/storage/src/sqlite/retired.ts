import type { Database } from 'better-sqlite3';

/** The reader of the revision above which no group was that is gone now: new groups begin behind it. */
export function lastRetired(db: Database): () => number {
  const read = db.prepare<[], number>('SELECT revision FROM retired').pluck();
  return () => read.get() ?? 0;
}

/** Remembers the revision of a group that is about to go. */
export function retirement(db: Database): (jid: string) => void {
  const retire = db.prepare<[string]>(`
    UPDATE retired SET revision = max(revision, coalesce((SELECT revision FROM groups WHERE jid = ?), 0))`);
  return (jid) => {
    retire.run(jid);
  };
}
