import type { DatedEvent, MemberId } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import type { Head } from './head.js';
import { memberWriter } from './write-member.js';
import { messageWriter } from './write-message.js';

/** When the authors of one change were last seen: written once each, however much they have posted. */
type Seen = Map<MemberId, number>;

export interface EventWriter {
  /** Writes what an event changes, but for `lastSeen` of an author and the group's own row. */
  event(head: Head, revision: number, event: DatedEvent, seen: Seen): void;
  lastSeen(head: Head, seen: Seen): void;
}

/** The SQL counterpart of core's `evolve`; the contract test holds the two together. */
export function eventWriter(db: Database): EventWriter {
  const writeMember = memberWriter(db);
  const writeMessage = messageWriter(db);
  const block = db.prepare<[number, string, string | undefined]>(`
    INSERT INTO blocks (group_id, address, member) VALUES (?, ?, ?)
    ON CONFLICT (group_id, address) DO UPDATE SET member = excluded.member`);
  const record = db.prepare<[number, number, number, string, string]>(
    'INSERT INTO events (group_id, revision, at, kind, detail) VALUES (?, ?, ?, ?, ?)',
  );
  const see = db.prepare<[number, number, string]>(
    'UPDATE members SET last_seen = ? WHERE group_id = ? AND member = ?',
  );

  return {
    event: (head, revision, event, seen) => {
      switch (event.kind) {
        case 'messagePosted':
          writeMessage(head, event.message);
          if (event.message.author !== undefined) seen.set(event.message.author, event.at);
          return;
        case 'groupCreated':
          break;
        case 'statusChanged':
          head.status = event.status;
          break;
        case 'blockAdded':
          block.run(head.id, event.block.address, event.block.member);
          break;
        case 'joinRequested':
        case 'memberJoined':
        case 'memberLeft':
          seen.delete(event.member);
          writeMember(head, event);
          break;
        case 'profileTaken':
        case 'rightGranted':
          writeMember(head, event);
          break;
      }
      const { kind, at, ...detail } = event;
      record.run(head.id, revision, at, kind, JSON.stringify(detail));
    },
    lastSeen: (head, seen) => {
      for (const [member, at] of seen) see.run(at, head.id, member);
    },
  };
}
