import type { ArchivedMessage, DatedEvent } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import type { Head } from './head.js';
import { textReplacer } from './word-upkeep.js';

type Cleaned = Extract<DatedEvent, { readonly kind: 'messagesCleaned' | 'rewritesCleaned' }>;

interface Place {
  readonly seq: number;
  readonly text: string;
}

/** The writer of messages and notifications out of which somebody's traces were taken; what is gone stays away. */
export function cleaner(db: Database): (head: Head, event: Cleaned) => void {
  const find = db.prepare<[number, number], Place>(
    'SELECT id & 4294967295 AS seq, text FROM messages WHERE group_id = ? AND stanza_id = ?',
  );
  const replace = db.prepare<[string, string | undefined, string, string, number, number]>(
    'UPDATE messages SET message_id = ?, origin_id = ?, text = ?, xml = ? WHERE id = (? << 32) | ?',
  );
  const indexAnew = textReplacer(db);
  const tell = db.prepare<[string, number, number]>(
    'UPDATE rewrites SET notification = ? WHERE group_id = ? AND version = ?',
  );

  const clean = (head: Head, { stanzaId, id, originId, text, xml }: ArchivedMessage): void => {
    const place = find.get(head.id, stanzaId);
    if (place === undefined) return;
    replace.run(id, originId, text, xml, head.id, place.seq);
    if (text !== place.text && place.seq <= head.indexed_seq) indexAnew(head.id, place.seq, place.text, text);
  };

  return (head, event) => {
    if (event.kind === 'messagesCleaned') for (const message of event.messages) clean(head, message);
    else for (const { version, notification } of event.rewrites) tell.run(notification, head.id, version);
  };
}
