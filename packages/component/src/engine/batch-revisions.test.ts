import { parseBareJid } from '@xmpp-groups/core/jid';
import type { DatedEvent } from '@xmpp-groups/core/xabber';
import { openStore } from '@xmpp-groups/storage';
import { expect, it } from 'vitest';
import { createBatch, type Owner } from './batch.js';

const created: DatedEvent = {
  kind: 'groupCreated',
  properties: {
    name: 'Verona',
    description: '',
    privacy: 'public',
    membership: 'open',
    index: 'none',
    contacts: [],
    domains: [],
  },
  at: 1,
};
const deleted: DatedEvent = { kind: 'groupDeleted', at: 1 };
const limited: DatedEvent = { kind: 'statusChanged', status: 'limited', at: 1 };

it.each<readonly [string, readonly (readonly DatedEvent[])[], readonly number[]]>([
  ['counts changes', [[created], [limited], [limited, limited]], [1, 2, 3]],
  ['goes on behind a deletion', [[created], [limited], [deleted], [created], [limited]], [1, 2, 0, 3, 4]],
  [
    'goes on when the group is back in the same change',
    [[created], [deleted, created], [limited]],
    [1, 2, 3],
  ],
  ['knows of no revision when the group came and went', [[created, deleted], [created]], [0, 1]],
])('a batch %s', async (_what, changes, revisions) => {
  const jid = parseBareJid('verona@groups.example.com');
  if (!jid.ok) throw new Error(jid.error.reason);
  const failures: unknown[] = [];
  const store = await openStore('memory:');
  const batch = createBatch(store, {
    committed: () => undefined,
    failed: () => undefined,
    fault: (error) => failures.push(error),
  });
  const owner: Owner = { jid: jid.value, revision: 0, generation: 0 };
  const seen: number[] = [];
  for (const events of changes) {
    const failed = (reason: unknown) => failures.push(reason);
    batch.add({ owner, generation: 0, events, committed: () => seen.push(owner.revision), failed });
    await batch.settled();
    expect((await store.load(jid.value))?.revision ?? 0).toBe(owner.revision);
  }
  expect(failures).toEqual([]);
  expect(seen).toEqual(revisions);
  await store.close();
});
