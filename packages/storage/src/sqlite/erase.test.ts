import { readFile } from 'node:fs/promises';
import type { DatedEvent } from '@xmpp-groups/core/xabber';
import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import { asked, bare, commit, created, GROUP, joined, memberId, NOW, posted } from '../../test/samples.js';
import { openSqlite } from './store.js';

/** Every commit waits for the disk, and the disk may be busy with something else. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const newPath = temporaryPaths();

const ROMEO = bare('romeo.montague@example.com');

const second = { member: memberId(2), version: 5, at: NOW };
const LIFE: readonly DatedEvent[] = [
  created({ contacts: [ROMEO] }),
  asked(1),
  joined(1),
  { ...asked(2, ROMEO), nickname: 'Romeo' },
  joined(2),
  {
    kind: 'profileTaken',
    nickname: 'Montague',
    avatar: { id: 'romeo', bytes: 3, type: 'image/png' },
    ...second,
  },
  { kind: 'cardChanged', nickname: 'Young Montague', badge: 'montague', ...second },
  { kind: 'avatarChanged', avatar: { id: 'romeo', bytes: 3, type: 'image/png' }, ...second },
  { kind: 'avatarStored', id: 'romeo', mediaType: 'image/png', base64: 'Zm9vYmFy'.repeat(2_000), at: NOW },
  { kind: 'blockAdded', block: { address: ROMEO, member: undefined }, at: NOW },
  {
    kind: 'disclosureOpened',
    disclosure: { from: memberId(2), to: memberId(1), type: 'offer', reason: 'I am Romeo' },
    at: NOW,
  },
  ...Array.from({ length: 300 }, (_, index) =>
    posted(index + 1, {
      author: memberId(2),
      text: `Romeo ${index}`,
      xml: `<jid>${ROMEO}</jid>`.repeat(index),
    }),
  ),
];

it('nothing of an erased account is in the files: not in the log, in free pages, or in the journal', async () => {
  const path = newPath();
  const store = await openSqlite(path);
  await commit(store, LIFE);
  const answer = { name: 'a block', payload: `<user jid='${ROMEO}'><nickname>Montague</nickname></user>` };
  const revision = await store.revision(GROUP);
  await store.commit([{ group: GROUP, revision, events: [posted(301)], answered: [answer] }]);
  await store.index();
  const { messages } = await store.traces(
    GROUP,
    { jid: ROMEO, member: memberId(2) },
    Number.MAX_SAFE_INTEGER,
    1_000,
  );
  await commit(store, [
    {
      kind: 'messagesCleaned',
      messages: messages.map((each) => ({ ...each, text: 'hello', xml: '<body/>' })),
      at: NOW,
    },
    { kind: 'avatarForgotten', id: 'romeo', at: NOW },
    { kind: 'blockRemoved', address: ROMEO, at: NOW },
    { kind: 'accountErased', jid: ROMEO, member: memberId(2), version: 9, at: NOW },
  ]);
  await store.index();
  expect(await store.answered('a block')).toBe('');
  for (const file of [path, `${path}-wal`]) {
    expect([
      file,
      /.{0,80}(?:romeo|montague|Zm9vYmFy).{0,60}/is.exec(await readFile(file, 'latin1'))?.[0],
    ]).toEqual([file, undefined]);
  }
  const db = new Database(path, { readonly: true });
  const log = db
    .prepare<[], { kind: string; detail: string }>('SELECT kind, detail FROM events ORDER BY id')
    .all();
  db.close();
  expect(log.filter(({ kind }) => kind === 'accountErased').map(({ detail }) => JSON.parse(detail))).toEqual([
    { member: memberId(2), version: 9 },
  ]);
  // The log of the others is whole.
  expect(log.find(({ kind }) => kind === 'joinRequested')?.detail).toContain('user1@example.com');
  await store.close();
});
