import type { DatedEvent, MemberId, StanzaId } from '@xmpp-groups/core/xabber';
import type { Database, Statement } from 'better-sqlite3';
import type { Head } from './head.js';
import { textReplacer } from './word-upkeep.js';

/** What happens to messages that are in the archive already. */
export type RewriteEvent = Extract<
  DatedEvent,
  { readonly kind: 'messageRetracted' | 'historyRetracted' | 'messageReplaced' }
>;

interface Place {
  readonly seq: number;
  readonly author: MemberId | null;
  readonly text: string;
}

/**
 * The writer of retractions and replacements. The place of a message that is gone stays empty. Earlier
 * notifications with the content of a message that is gone now, or has other content, go with it: what somebody
 * took back must not be told to those who ask later.
 */
export function rewriter(db: Database): (head: Head, event: RewriteEvent) => void {
  const retract = retraction(db);
  const retractAuthor = authorRetraction(db);
  const retractAll = fullRetraction(db);
  const replace = replacement(db);
  const supersede = db.prepare<[number, StanzaId]>(
    'DELETE FROM rewrites WHERE group_id = ? AND replaced = ?',
  );
  const supersedeAuthor = db.prepare<[number, MemberId]>(
    'DELETE FROM rewrites WHERE group_id = ? AND replaced IS NOT NULL AND author = ?',
  );
  const supersedeAll = db.prepare<[number]>(
    'DELETE FROM rewrites WHERE group_id = ? AND replaced IS NOT NULL',
  );
  const tell = db.prepare<[number, number, string, StanzaId | undefined, MemberId | undefined]>(
    'INSERT INTO rewrites (group_id, version, notification, replaced, author) VALUES (?, ?, ?, ?, ?)',
  );

  const carryOut = (head: Head, event: RewriteEvent): void => {
    switch (event.kind) {
      case 'messageRetracted':
        retract(head, event.stanzaId);
        supersede.run(head.id, event.stanzaId);
        return;
      case 'messageReplaced':
        replace(head, event.message);
        supersede.run(head.id, event.message.stanzaId);
        return;
      case 'historyRetracted':
        if (event.author === undefined) {
          retractAll(head);
          supersedeAll.run(head.id);
        } else {
          retractAuthor(head, event.author);
          supersedeAuthor.run(head.id, event.author);
        }
        return;
    }
  };

  return (head, event) => {
    carryOut(head, event);
    const replaced = event.kind === 'messageReplaced' ? event.message : undefined;
    tell.run(head.id, event.version, event.notification, replaced?.stanzaId, replaced?.author);
    head.rewrite_version = Math.max(head.rewrite_version, event.version);
  };
}

const placeIn = (db: Database): Statement<[number, StanzaId], Place> =>
  db.prepare(
    'SELECT id & 4294967295 AS seq, author, text FROM messages WHERE group_id = ? AND stanza_id = ?',
  );

function retraction(db: Database): (head: Head, id: StanzaId) => void {
  const find = placeIn(db);
  const remove = db.prepare<[number, number]>('DELETE FROM messages WHERE id = (? << 32) | ?');
  const forget = db.prepare<[number, number, string]>(
    'INSERT INTO search_forgotten (id, text) VALUES ((? << 32) | ?, ?)',
  );
  const forgetAuthor = db.prepare<[number, string | null, number]>(
    'DELETE FROM authored WHERE group_id = ? AND author = ? AND seq = ?',
  );

  return (head, id) => {
    const place = find.get(head.id, id);
    if (place === undefined) return;
    remove.run(head.id, place.seq);
    head.message_count -= 1;
    forgetAuthor.run(head.id, place.author, place.seq);
    if (place.seq <= head.indexed_seq) forget.run(head.id, place.seq, place.text);
  };
}

function authorRetraction(db: Database): (head: Head, author: MemberId) => void {
  const indexed = 'FROM authored WHERE group_id = :id AND author = :author';
  const old = `FROM messages WHERE id IN (SELECT (group_id << 32) | seq ${indexed})`;
  const forget = db.prepare(
    `INSERT INTO search_forgotten (id, text) SELECT id, text ${old} AND id <= (:id << 32) | :indexed_seq`,
  );
  const remove = db.prepare(`DELETE ${old}`);
  const forgetAuthor = db.prepare(`DELETE ${indexed}`);
  const removeNew = db.prepare(`
    DELETE FROM messages
    WHERE id > (:id << 32) | :indexed_seq AND id <= (:id << 32) | :last_seq AND author = :author`);

  return (head, author) => {
    const { id, indexed_seq, last_seq } = head;
    forget.run({ id, author, indexed_seq });
    head.message_count -= remove.run({ id, author }).changes;
    forgetAuthor.run({ id, author });
    head.message_count -= removeNew.run({ id, author, indexed_seq, last_seq }).changes;
  };
}

function fullRetraction(db: Database): (head: Head) => void {
  const forget = db.prepare<[{ readonly id: number; readonly indexed_seq: number }]>(`
    INSERT INTO search_forgotten (id, text)
    SELECT id, text FROM messages WHERE id > (:id << 32) AND id <= (:id << 32) | :indexed_seq`);
  const forgetAuthors = db.prepare<[number]>('DELETE FROM authored WHERE group_id = ?');
  const remove = db.prepare<[number]>('DELETE FROM messages WHERE group_id = ?');

  return (head) => {
    forget.run({ id: head.id, indexed_seq: head.indexed_seq });
    forgetAuthors.run(head.id);
    remove.run(head.id);
    head.message_count = 0;
  };
}

type Replaced = Extract<RewriteEvent, { kind: 'messageReplaced' }>['message'];

function replacement(db: Database): (head: Head, message: Replaced) => void {
  const find = placeIn(db);
  const replace = db.prepare<[string, string, number, number]>(
    'UPDATE messages SET text = ?, xml = ? WHERE id = (? << 32) | ?',
  );
  const indexAnew = textReplacer(db);

  return (head, { stanzaId, text, xml }) => {
    const place = find.get(head.id, stanzaId);
    if (place === undefined) return;
    replace.run(text, xml, head.id, place.seq);
    if (place.seq <= head.indexed_seq) indexAnew(head.id, place.seq, place.text, text);
  };
}
