import type { DatedEvent } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import { cleaner } from './clean.js';
import { eraser } from './erase.js';
import type { Head } from './head.js';
import { rewriter } from './rewrite.js';
import type { Seen } from './seen.js';
import { settingWriter } from './write-group.js';
import { memberWriter } from './write-member.js';
import { messageWriter } from './write-message.js';

/** All that can happen to a group from its creation to its deletion. */
type LifeEvent = Exclude<DatedEvent, { readonly kind: 'groupDeleted' }>;

/** Writes what an event changes, but for what goes into `seen` and into the group's own row. */
export type EventWriter = (head: Head, revision: number, event: LifeEvent, seen: Seen) => void;

/** The SQL counterpart of core's `evolve`; the contract test holds the two together. */
export function eventWriter(db: Database): EventWriter {
  const writeMember = memberWriter(db);
  const writeMessage = messageWriter(db);
  const writeSetting = settingWriter(db);
  const rewrite = rewriter(db);
  const clean = cleaner(db);
  const erase = eraser(db);
  const record = db.prepare<[number, number, number, string, string]>(
    'INSERT INTO events (group_id, revision, at, kind, detail) VALUES (?, ?, ?, ?, ?)',
  );

  const write = (head: Head, event: LifeEvent, seen: Seen): void => {
    switch (event.kind) {
      case 'messagePosted':
        writeMessage(head, event.message);
        if (event.message.author !== undefined) seen.note(event.message.author, event.at);
        return;
      case 'memberSeen':
        head.version = Math.max(head.version, event.version);
        seen.note(event.member, event.at, event.version);
        return;
      case 'groupCreated':
        return;
      case 'joinRequested':
      case 'invited':
      case 'invitationEnded':
      case 'memberJoined':
      case 'memberLeft':
      case 'profileTaken':
      case 'cardChanged':
      case 'avatarChanged':
      case 'preferencesChanged':
      case 'rightGranted':
      case 'rightRevoked':
        seen.write(head, event.member);
        writeMember(head, event);
        return;
      case 'messageRetracted':
      case 'historyRetracted':
      case 'messageReplaced':
        rewrite(head, event);
        return;
      case 'messagesCleaned':
      case 'rewritesCleaned':
        clean(head, event);
        return;
      case 'accountErased':
        if (event.member !== undefined) seen.write(head, event.member);
        erase(head, event);
        return;
      default:
        writeSetting(head, event);
    }
  };

  return (head, revision, event, seen) => {
    write(head, event, seen);
    const detail = detailOf(event);
    if (detail !== undefined) record.run(head.id, revision, event.at, event.kind, JSON.stringify(detail));
  };
}

/**
 * What the audit log says of an event; `undefined`: it is not in the log. What members wrote and how they look
 * stays out: the log outlasts the messages that are retracted, and an image is not kept twice.
 */
function detailOf(event: LifeEvent): object | undefined {
  switch (event.kind) {
    case 'messagePosted':
    case 'memberSeen':
    case 'messagesCleaned':
    case 'rewritesCleaned':
    case 'avatarForgotten':
      return undefined;
    case 'accountErased':
      return { member: event.member, version: event.version };
    case 'avatarStored':
      return { id: event.id, mediaType: event.mediaType };
    case 'messageRetracted':
      return { stanzaId: event.stanzaId, version: event.version };
    case 'historyRetracted':
      return { author: event.author, version: event.version };
    case 'messageReplaced':
      return { stanzaId: event.message.stanzaId, version: event.version };
    default: {
      const { kind: _kind, at: _at, ...detail } = event;
      return detail;
    }
  }
}
