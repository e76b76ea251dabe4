import type { Change, CommitOutcome } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import { accountNames } from './accounts.js';
import { answerWriter } from './answers.js';
import { type Head, headsOf } from './head.js';
import { removal } from './remove.js';
import { lastRetired } from './retired.js';
import { seenIn } from './seen.js';
import { eventWriter } from './write-event.js';

/**
 * The writer of changes: all of one call in one transaction. `BEGIN IMMEDIATE` takes the write lock before
 * the revisions are read, so that no other process can come between the comparison and the write.
 */
export function committer(db: Database): (changes: readonly Change[]) => CommitOutcome[] {
  const heads = headsOf(db);
  const write = eventWriter(db);
  const remove = removal(db);
  const retired = lastRetired(db);
  const newSeen = seenIn(db);
  const isAccount = accountNames(db);
  const writeAnswers = answerWriter(db);

  const commitOne = (change: Change): CommitOutcome => {
    const { group, revision, events } = change;
    let head: Head | undefined = heads.read(group);
    // A JID is either that of a group or that of an account.
    if ((head?.revision ?? 0) !== revision || (head === undefined && isAccount(group))) return 'conflict';
    if (head === undefined && events.length === 0) throw new Error(`${group}: nothing happened to no group`);
    const seen = newSeen();
    let next = revision + 1;
    for (const event of events) {
      if (event.kind === 'groupCreated') {
        if (head !== undefined) throw new Error(`${group}: created twice`);
        head = heads.create(group, event);
        next = retired() + 1;
      }
      if (head === undefined) throw new Error(`${group}: ${event.kind} of a group that does not exist`);
      if (event.kind === 'groupDeleted') {
        remove(group);
        seen.forget();
        head = undefined;
      } else write(head, next, event, seen);
    }
    writeAnswers(change);
    if (head === undefined) return { revision: 0 };
    seen.writeAll(head);
    head.revision = next;
    heads.write(head);
    return { revision: next };
  };

  const commitAll = db.transaction((changes: readonly Change[]) => changes.map(commitOne));
  return (changes) => (changes.length === 0 ? [] : commitAll.immediate(changes));
}
