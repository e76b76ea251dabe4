import { bareOf } from '@xmpp-groups/core/jid';
import type { DatedEvent } from '@xmpp-groups/core/xabber';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { jid } from '../../test/jids.js';
import { JULIET, MANTUA, post, ROMEO, readArchive, type Scene, scene, VERONA } from '../../test/scene.js';
import { ATTEMPTS } from './back-off.js';

const PARIS = jid('paris@example.com/garden');

let verona: Scene;

beforeEach(async () => {
  verona = await scene();
  await verona.founded(VERONA);
});

/** The copies and the echo of a message of one of two members. */
const heard = (text: string): string[] => [`chat ${text} > 1`, `headline ${text} > 1`];

/** The texts of the archive, without what the group itself has said. */
async function archived(): Promise<string[]> {
  const { messages } = await verona.store.page(VERONA, { page: { direction: 'forward', max: 100 } });
  return messages.filter(({ author }) => author !== undefined).map(({ text }) => text);
}

/** Another process writes the group: what is in memory is out of date. */
async function anotherWriter(commit = verona.store.commit): Promise<void> {
  const stored = await verona.store.load(VERONA);
  const change = {
    group: VERONA,
    revision: stored?.revision ?? 0,
    events: [{ kind: 'statusChanged', status: 'fiesta', at: 1 }],
  } as const;
  expect(await commit([change])).toEqual([{ revision: change.revision + 1 }]);
  verona.store.tried.length = 0;
}

describe('a mailbox', () => {
  it('says nothing before it is durable, and then everything in order', async () => {
    const release = verona.store.holdCommits();
    verona.put('1', VERONA, post(JULIET, 'one'));
    verona.put('2', VERONA, post(ROMEO, 'two'));
    await vi.waitUntil(() => verona.store.tried.length > 0);
    expect(verona.store.tried).toHaveLength(1);
    expect(verona.said).toEqual([]);
    release();
    await verona.rested(VERONA);
    expect(verona.said).toEqual([...heard('one'), ...heard('two')]);
    expect(await archived()).toEqual(['one', 'two']);
  });

  it('takes one task at a time: what waits for the store holds up its own group, and no other', async () => {
    await verona.founded(MANTUA);
    const release = verona.store.holdLookUps(VERONA);
    verona.put('1', VERONA, post(JULIET, 'slow', 'o1'));
    verona.put('2', VERONA, post(JULIET, 'behind'));
    verona.put('3', MANTUA, post(JULIET, 'elsewhere'));
    await verona.rested(MANTUA);
    expect(verona.said).toEqual(heard('elsewhere'));
    expect(verona.mailbox(VERONA).waiting()).toBe(1);
    release();
    await verona.rested(VERONA);
    expect(verona.said.slice(2)).toEqual([...heard('slow'), ...heard('behind')]);
  });

  it('delivers what is sent twice in one tick once, and its author hears of it twice', async () => {
    verona.put('1', VERONA, post(JULIET, 'again', 'o1'));
    verona.put('2', VERONA, post(JULIET, 'again', 'o1'));
    await verona.rested(VERONA);
    expect(verona.said).toEqual([...heard('again'), 'headline again > 1']);
    expect(await archived()).toEqual(['again']);
  });

  it('takes the same origin-id of two authors for two messages', async () => {
    verona.put('1', VERONA, post(JULIET, 'hers', 'o1'));
    verona.put('2', VERONA, post(ROMEO, 'his', 'o1'));
    await verona.rested(VERONA);
    expect(verona.said).toEqual([...heard('hers'), ...heard('his')]);
  });

  it('shows in the archive what was sent before in the same tick', async () => {
    verona.put('1', VERONA, post(JULIET, 'fresh'));
    verona.put('2', VERONA, readArchive(ROMEO));
    await verona.rested(VERONA);
    expect(verona.said.at(-2)).toContain('fresh');
    expect(verona.said.at(-1)).toBe('2: result');
  });

  it('lets messages go on while the archive is being read', async () => {
    verona.put('1', VERONA, readArchive(ROMEO));
    verona.put('2', VERONA, post(JULIET, 'later'));
    await verona.rested(VERONA);
    expect(verona.said.slice(0, 2)).toEqual(heard('later'));
    expect(verona.said.at(-1)).toBe('1: result');
  });
});

describe('a conflict with another writer', () => {
  it('is decided anew on what the other has written, in the old order', async () => {
    await anotherWriter();
    verona.put('1', VERONA, post(JULIET, 'one'));
    verona.put('2', VERONA, post(ROMEO, 'two'));
    verona.put('3', VERONA, post(JULIET, 'three'));
    await verona.rested(VERONA);
    expect(verona.said).toEqual([...heard('one'), ...heard('two'), ...heard('three')]);
    expect(await archived()).toEqual(['one', 'two', 'three']);
    expect((await verona.store.load(VERONA))?.group.status).toBe('fiesta');
    expect(verona.logged).toEqual([]);
  });

  it('keeps the order also when a task is in the middle of its look-up then', async () => {
    await anotherWriter();
    const release = verona.store.holdLookUps(VERONA);
    verona.put('1', VERONA, post(JULIET, 'one'));
    verona.put('2', VERONA, post(JULIET, 'two', 'o2'));
    verona.put('3', VERONA, post(JULIET, 'three'));
    await verona.batch.settled();
    expect(verona.said).toEqual([]);
    release();
    await verona.rested(VERONA);
    expect(verona.said).toEqual([...heard('one'), ...heard('two'), ...heard('three')]);
  });

  it('keeps the order when the conflicts come one after another', async () => {
    await anotherWriter();
    const release = verona.store.holdLookUps(VERONA);
    verona.put('1', VERONA, post(JULIET, 'one'));
    verona.put('2', VERONA, post(JULIET, 'two', 'o2'));
    verona.put('3', VERONA, post(JULIET, 'three', 'o3'));
    verona.put('4', VERONA, post(JULIET, 'four'));
    await verona.batch.settled();
    await anotherWriter();
    release();
    await verona.rested(VERONA);
    expect(await archived()).toEqual(['one', 'two', 'three', 'four']);
  });

  it('is given up when the other is always faster', async () => {
    const { commit } = verona.store;
    let tries = 0;
    verona.store.commit = async (changes) => {
      await anotherWriter(commit);
      tries += 1;
      return commit(changes);
    };
    verona.put('1', VERONA, post(JULIET, 'one'));
    await verona.rested(VERONA);
    expect(tries).toBe(ATTEMPTS);
    // The second attempt is made at once, as long as the others only come one by one.
    expect(verona.waits.length).toBeLessThanOrEqual(ATTEMPTS - 2);
    expect(verona.said).toEqual(['1: resource-constraint']);
    expect(verona.logged).toEqual(['warn: another writer was faster too often']);
  });

  it('may mean that the group was deleted: there is no group then', async () => {
    expect(await verona.store.remove(VERONA)).toBe(true);
    verona.put('1', VERONA, post(JULIET, 'one'));
    verona.put('2', VERONA, post(ROMEO, 'two', 'o2'));
    verona.put('3', VERONA, { kind: 'left', from: ROMEO });
    verona.put('4', VERONA, readArchive(ROMEO));
    await verona.rested(VERONA);
    expect(verona.store.tried).toHaveLength(1);
    expect(verona.said).toEqual(['1: item-not-found', '2: item-not-found', '4: item-not-found']);
    expect(verona.mailbox(VERONA).known()).toBeUndefined();
    expect(verona.logged).toEqual([]);
  });

  it('lets a deleted group be created anew, by another owner', async () => {
    await verona.store.remove(VERONA);
    verona.put('1', VERONA, post(JULIET, 'one'));
    await verona.rested(VERONA);
    verona.put('2', VERONA, { kind: 'create', from: ROMEO, options: {} });
    verona.put('3', VERONA, post(JULIET, 'three'));
    verona.put('4', VERONA, post(ROMEO, 'four'));
    await verona.rested(VERONA);
    expect(verona.said.filter((line) => /^\d/.test(line))).toEqual([
      '1: item-not-found',
      '2: result',
      '3: not-allowed',
    ]);
    expect(await archived()).toEqual(['four']);
  });
});

describe('a group that somebody else has removed and made anew', () => {
  /** What the command line does beside the daemon: the new group has changed as often as the old one had. */
  async function madeAnew(): Promise<void> {
    const before = await verona.store.load(VERONA);
    const changes = before?.revision ?? 0;
    await verona.store.remove(VERONA);
    const properties = before?.group.properties;
    if (properties === undefined) throw new Error('there was no group');
    const joined = { member: 'paris00000000000', jid: bareOf(PARIS), nickname: 'Paris', version: 1, at: 1 };
    await commit([
      { kind: 'groupCreated', properties, at: 1 },
      { kind: 'joinRequested', ...joined },
      { kind: 'memberJoined', ...joined },
    ]);
    for (let change = 1; change < changes; change++) {
      await commit([{ kind: 'statusChanged', status: 'fiesta', at: 1 }]);
    }
    verona.store.tried.length = 0;
  }

  async function commit(events: readonly DatedEvent[]): Promise<void> {
    const revision = (await verona.store.load(VERONA))?.revision ?? 0;
    expect(await verona.store.commit([{ group: VERONA, revision, events }])).not.toEqual(['conflict']);
  }

  it('is another one: what is in memory of the old one is worth nothing', async () => {
    await madeAnew();
    verona.put('1', VERONA, post(JULIET, 'to my friends'));
    verona.put('2', VERONA, post(PARIS, 'to nobody'));
    await verona.rested(VERONA);
    expect(verona.said).toEqual(['1: not-allowed', 'chat to nobody > 0', 'headline to nobody > 1']);
    expect(await archived()).toEqual(['to nobody']);
    expect((await verona.store.load(VERONA))?.group).toMatchObject({ size: 1 });
  });
});

describe('a store that fails', () => {
  it('costs the messages of that transaction, whose authors are told, and no later ones (error row 61)', async () => {
    verona.store.commitFailure = new Error('disk full');
    verona.put('1', VERONA, post(JULIET, 'one'));
    verona.put('2', VERONA, post(ROMEO, 'two'));
    await verona.rested(VERONA);
    expect(verona.said).toEqual(['1: internal-server-error', '2: internal-server-error']);
    verona.store.commitFailure = undefined;
    verona.put('3', VERONA, post(JULIET, 'three'));
    await verona.rested(VERONA);
    expect(verona.said.slice(2)).toEqual(heard('three'));
    expect(await archived()).toEqual(['three']);
    // It was forgotten, and read anew.
    expect(verona.store.loads.get(VERONA)).toBe(2);
  });

  it('leaves no right behind that was not stored', async () => {
    verona.store.commitFailure = new Error('disk full');
    verona.put('1', VERONA, { kind: 'left', from: ROMEO });
    await verona.rested(VERONA);
    verona.store.commitFailure = undefined;
    verona.said.length = 0;
    verona.put('2', VERONA, post(ROMEO, 'still here'));
    await verona.rested(VERONA);
    expect(verona.said).toEqual(heard('still here'));
  });

  it('answers a look-up that failed, goes on, and keeps the order of what was under way', async () => {
    verona.put('1', VERONA, post(JULIET, 'one'));
    verona.put('2', VERONA, post(JULIET, 'lost', 'o2'));
    verona.put('3', VERONA, post(JULIET, 'three'));
    const { load } = verona.store;
    verona.store.readFailure = new Error('read failed');
    verona.store.load = (group) => {
      verona.store.readFailure = undefined;
      return load(group);
    };
    await verona.rested(VERONA);
    expect(verona.said).toEqual(['2: internal-server-error', ...heard('one'), ...heard('three')]);
    expect(await archived()).toEqual(['one', 'three']);
    expect(verona.logged).toEqual(['error: a command failed']);
  });

  it('answers each command while the group cannot be loaded, and then works again (error row 61)', async () => {
    verona.store.readFailure = new Error('corrupt');
    verona.put('1', MANTUA, post(JULIET, 'one'));
    verona.put('2', MANTUA, post(JULIET, 'two'));
    await verona.rested(MANTUA);
    expect(verona.said).toEqual(['1: internal-server-error', '2: internal-server-error']);
    verona.store.readFailure = undefined;
    verona.put('3', MANTUA, post(JULIET, 'three'));
    await verona.rested(MANTUA);
    expect(verona.said.slice(2)).toEqual(['3: item-not-found']);
  });
});
