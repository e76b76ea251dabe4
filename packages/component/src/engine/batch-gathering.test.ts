import type { Change } from '@xmpp-groups/core/xabber';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { bare } from '../../test/jids.js';
import { createBatch, type Owner } from './batch.js';

/** The clock stands still but for `vi.advanceTimersByTimeAsync`; turns of the event loop go on. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const someTurns = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A batch that has just committed so many decisions together. */
const batchAfter = async (before: number) => {
  const owner: Owner = { jid: bare('verona@groups.example.com'), revision: 3, generation: 0 };
  const sizes: number[] = [];
  const commit = async (changes: readonly Change[]) => {
    sizes.push(changes.flatMap(({ events }) => events).length);
    return changes.map(({ revision }) => ({ revision: revision + 1 }));
  };
  const nothing = () => undefined;
  const batch = createBatch({ commit }, { committed: nothing, failed: nothing, fault: nothing });
  const add = (count: number): void => {
    for (let at = 1; at <= count; at += 1) {
      batch.add({
        owner,
        generation: 0,
        events: [{ kind: 'statusChanged', status: 'fiesta', at }],
        committed: nothing,
        failed: nothing,
      });
    }
  };
  add(before);
  await someTurns();
  return { sizes, add, settled: batch.settled };
};

it('keeps nobody waiting who comes alone', async () => {
  const { sizes, add } = await batchAfter(1);
  for (const size of [1, 1]) {
    add(size);
    await someTurns();
  }
  expect(sizes).toEqual([1, 1, 1]);
});

it.each([
  { what: 'that was for several', before: 2, first: 1 },
  { what: 'when there is company only now', before: 1, first: 2 },
])('gathers for some milliseconds what comes right behind a transaction $what', async ({ before, first }) => {
  const { sizes, add } = await batchAfter(before);
  add(first);
  await someTurns();
  add(2);
  await someTurns();
  expect(sizes).toEqual([before]);
  await vi.advanceTimersByTimeAsync(10);
  await someTurns();
  expect(sizes).toEqual([before, first + 2]);
});

it('keeps nobody waiting who has nothing to be committed, and goes on gathering behind him', async () => {
  const { sizes, add, settled } = await batchAfter(2);
  await settled();
  add(1);
  await someTurns();
  expect(sizes).toEqual([2]);
  await vi.advanceTimersByTimeAsync(10);
  await someTurns();
  expect(sizes).toEqual([2, 1]);
});

it.each([
  { what: 'at once', first: 64, later: 0 },
  { what: 'bit by bit', first: 40, later: 24 },
])('waits no longer when there is enough of it, $what', async ({ first, later }) => {
  const { sizes, add } = await batchAfter(2);
  add(first);
  await someTurns();
  add(later);
  await someTurns();
  expect(sizes).toEqual([2, 64]);
});
