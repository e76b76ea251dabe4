import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { evolve, type LoadedGroup } from '@xmpp-groups/core/xabber';
import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import {
  asked,
  atRest,
  bare,
  commit,
  created,
  found,
  GROUP,
  joined,
  memberId,
  message,
  NOW,
  posted,
} from '../../test/samples.js';
import { migrations } from './migrations/index.js';
import { openSqlite } from './store.js';

/** Every commit waits for the disk, and the disk may be busy with something else. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const newPath = temporaryPaths();

/** What the first release wrote for `created()`, `asked(1)`, `joined(1)`, two rights, a block and two posts. */
const CONTENT = `
PRAGMA application_id = 0x584d5067;
PRAGMA user_version = 1;
INSERT INTO groups VALUES (1, '${GROUP}', 'groups.example.com', 'Verona', 'Площадь', 'public', 'open', 'global',
  '["juliet@example.com"]', '["example.com"]', 'discussion', 0, ${NOW}, 3, ${message(2).stanzaId}, 1, 1, 2, 2, 1);
INSERT INTO members VALUES (1, 1, '${memberId(1)}', 'user1@example.com', 'both', 'Nick 1', '', NULL, 3, ${NOW + 2000});
INSERT INTO rights VALUES (1, 'owner', 0), (1, 'send-voice', 77);
INSERT INTO blocks VALUES (1, 'spam.example', NULL);
INSERT INTO messages VALUES
  ((1 << 32) | 1, 1, ${message(1).stanzaId}, '${memberId(1)}', 'id-1', 'origin-1', 'text 1', '<body>text 1</body>'),
  ((1 << 32) | 2, 1, ${message(2).stanzaId}, '${memberId(1)}', 'id-2', 'origin-2', 'text 2', '<body>text 2</body>');
INSERT INTO authored VALUES (1, '${memberId(1)}', 1);
INSERT INTO message_search (rowid, folded) VALUES ((1 << 32) | 1, 'text 1');
INSERT INTO events VALUES (1, 1, 1, ${NOW}, 'groupCreated', '{}');
`;

it('brings a database of the first release up to date, with all that is in it', async () => {
  const path = newPath();
  mkdirSync(dirname(path));
  const old = new Database(path);
  old.exec(migrations[0] ?? '');
  old.exec(CONTENT);
  old.close();

  let expected: LoadedGroup | undefined;
  const history = [
    created(),
    asked(1),
    joined(1),
    { kind: 'rightGranted', member: memberId(1), right: 'owner', until: 0, version: 3, at: NOW },
    { kind: 'rightGranted', member: memberId(1), right: 'send-voice', until: 77, version: 3, at: NOW },
    { kind: 'blockAdded', block: { address: bare('spam.example'), member: undefined }, at: NOW },
    posted(1),
    posted(2),
  ] as const;
  for (const event of history) expected = evolve(expected, GROUP, event);

  const store = await openSqlite(path);
  const member = expected?.members.get(memberId(1));
  // The first release did not keep when somebody joined: nobody is a newcomer because of the new one.
  if (member !== undefined) expected?.members.set(memberId(1), { ...member, joinedAt: 0 });
  expect(await store.load(GROUP)).toEqual({ group: atRest(expected), revision: 1 });
  expect(await found(store, { withText: 'text' })).toEqual([1, 2]);
  expect(await store.expiring(100)).toEqual({ groups: [GROUP], next: undefined });
  expect((await store.listedGroups('groups.example.com', bare('a@b.example'))).length).toBe(1);
  expect(await store.rewrites(GROUP, 0, 10)).toEqual([]);
  await commit(store, [
    {
      kind: 'messageRetracted',
      stanzaId: message(1).stanzaId,
      newest: message(2).stanzaId,
      version: 1,
      notification: '',
      at: NOW,
    },
    { kind: 'memberSeen', member: memberId(1), resource: 'x', present: true, version: 9, at: NOW },
  ]);
  await store.index();
  expect(await found(store, { withText: 'text' })).toEqual([2]);
  expect(await found(store, { author: memberId(1) })).toEqual([2]);
  const before = await store.load(GROUP);
  await store.close();

  const again = await openSqlite(path);
  expect(await again.load(GROUP)).toEqual(before);
  await again.close();
});
