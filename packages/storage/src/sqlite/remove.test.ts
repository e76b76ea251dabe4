import type { DatedEvent, Store } from '@xmpp-groups/core/xabber';
import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import {
  asked,
  BEGINNING,
  bare,
  commit,
  GROUP,
  memberId,
  message,
  NOW,
  posted,
  stanzaId,
} from '../../test/samples.js';
import { openSqlite } from './store.js';

/** Every commit waits for the disk, and the disk may be busy with something else. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const newPath = temporaryPaths();

/** The number of rows in each table, and of documents in the index of words. */
const rowsByTable = (path: string): Record<string, number> => {
  const db = new Database(path, { readonly: true });
  const tables = db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'message_words_%' AND name NOT LIKE 'word_parts_%'",
    )
    .pluck()
    .all();
  const count = (table: string) =>
    db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? -1;
  const rows = Object.fromEntries(tables.map((table) => [table, count(table)]));
  const documents = count('message_words_docsize');
  db.close();
  return { ...rows, documents };
};

const auditOf = (path: string): string => {
  const db = new Database(path, { readonly: true });
  const details = db
    .prepare<[], string>("SELECT kind || ' ' || detail FROM events ORDER BY id")
    .pluck()
    .all();
  db.close();
  return details.join('\n');
};

const IMAGE = 'aGVsbG8='.repeat(100);
const life: readonly DatedEvent[] = [
  ...BEGINNING,
  asked(2),
  { kind: 'rightGranted', member: memberId(1), right: 'owner', until: 0, version: 1, at: NOW },
  { kind: 'blockAdded', block: { address: bare('spam.example'), member: undefined }, at: NOW },
  { kind: 'defaultRestrictionSet', restriction: 'send-voice', seconds: 0, at: NOW },
  {
    kind: 'disclosureOpened',
    disclosure: { from: memberId(1), to: memberId(2), type: 'offer', reason: '' },
    at: NOW,
  },
  { kind: 'avatarStored', id: 'a', mediaType: 'image/png', base64: IMAGE, at: NOW },
  { kind: 'privateChatOpened', pair: 'a b', chat: bare('chat@groups.example.com'), at: NOW },
  ...Array.from({ length: 700 }, (_, index) => posted(index + 1)),
];
const retraction: DatedEvent = {
  kind: 'messageRetracted',
  stanzaId: stanzaId(5),
  newest: stanzaId(700),
  version: 1,
  notification: 'n',
  at: NOW,
};

describe('a removed group', () => {
  it.each<readonly [string, (store: Store) => Promise<unknown>]>([
    ['by the operator', (store) => store.remove(GROUP)],
    ['by its owner', (store) => commit(store, [{ kind: 'groupDeleted', at: NOW }])],
  ])('leaves nothing in any table: %s', async (_who, remove) => {
    const path = newPath();
    const store = await openSqlite(path);
    await commit(store, life);
    await store.index();
    await commit(store, [retraction]);
    expect(rowsByTable(path)).toEqual({
      accounts: 0,
      answers: 0,
      groups: 1,
      members: 2,
      rights: 1,
      blocks: 1,
      default_restrictions: 1,
      disclosures: 1,
      private_chats: 1,
      retired: 1,
      avatars: 1,
      messages: 699,
      authored: 699,
      rewrites: 1,
      events: 11,
      message_words: 700,
      documents: 700,
      search_forgotten: 1,
      search_leftovers: 0,
      // "text" and the numbers.
      words: 701,
      word_parts: 701,
      word_upkeep: 1,
    });
    await remove(store);
    expect(rowsByTable(path)).toMatchObject({ groups: 0, messages: 0, authored: 0, search_leftovers: 1 });
    await store.index();
    // The one number that says behind which revision new groups begin, and how often words were forgotten.
    expect(Object.entries(rowsByTable(path)).filter(([, rows]) => rows !== 0)).toEqual([
      ['retired', 1],
      ['word_upkeep', 1],
    ]);
    await store.close();
  });
});

describe('what was retracted', () => {
  it.each<readonly [string, DatedEvent, number]>([
    ['one message', retraction, 699],
    ['all of an author', { ...retraction, kind: 'historyRetracted', author: memberId(1) }, 0],
    ['all', { ...retraction, kind: 'historyRetracted', author: undefined }, 0],
  ])('leaves the indexes too: %s', async (_what, event, left) => {
    for (const indexed of [false, true]) {
      const path = newPath();
      const store = await openSqlite(path);
      await commit(store, life);
      if (indexed) await store.index();
      await commit(store, [event]);
      await store.index();
      expect(rowsByTable(path)).toMatchObject({
        messages: left,
        authored: left,
        message_words: left,
        documents: left,
        search_forgotten: 0,
      });
      await store.close();
    }
  });
});

describe('the audit log', () => {
  it('holds no message and no image, also none that came later', async () => {
    const path = newPath();
    const store = await openSqlite(path);
    await commit(store, [
      ...life,
      {
        kind: 'messageReplaced',
        message: message(7, { text: 'secret', xml: 'secret' }),
        version: 1,
        notification: 'secret',
        at: NOW,
      },
      { ...retraction, notification: 'secret' },
      { kind: 'memberSeen', member: memberId(1), resource: 'secret', present: true, version: 9, at: NOW },
    ]);
    const audit = auditOf(path);
    expect(audit).not.toContain('secret');
    expect(audit).not.toContain(IMAGE);
    expect(audit).not.toContain('text 7');
    expect(audit).toContain('avatarStored {"id":"a","mediaType":"image/png"}');
    expect(audit).toContain(`messageReplaced {"stanzaId":${stanzaId(7)},"version":1}`);
    expect(audit).toContain(`messageRetracted {"stanzaId":${stanzaId(5)},"version":1}`);
    await store.close();
  });
});
