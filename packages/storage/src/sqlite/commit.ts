import type { Change, CommitOutcome } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import { type Head, headsOf } from './head.js';
import { eventWriter } from './write-event.js';

/**
 * The writer of changes: all of one call in one transaction. `BEGIN IMMEDIATE` takes the write lock before
 * the revisions are read, so that no other process can come between the comparison and the write.
 */
export function committer(db: Database): (changes: readonly Change[]) => CommitOutcome[] {
  const heads = headsOf(db);
  const write = eventWriter(db);

  const commitOne = (change: Change): CommitOutcome => {
    let head: Head | undefined = heads.read(change.group);
    if ((head?.revision ?? 0) !== change.revision) return 'conflict';
    const seen = new Map<string, number>();
    for (const event of change.events) {
      if (event.kind === 'groupCreated') {
        if (head !== undefined) throw new Error(`${change.group}: created twice`);
        head = heads.create(change.group, event);
      }
      if (head === undefined) throw new Error(`${change.group}: ${event.kind} before its creation`);
      write.event(head, change.revision + 1, event, seen);
    }
    if (head === undefined) throw new Error(`${change.group}: a change without events before its creation`);
    write.lastSeen(head, seen);
    head.revision = change.revision + 1;
    heads.write(head);
    return 'committed';
  };

  const commitAll = db.transaction((changes: readonly Change[]) => changes.map(commitOne));
  return (changes) => (changes.length === 0 ? [] : commitAll.immediate(changes));
}
