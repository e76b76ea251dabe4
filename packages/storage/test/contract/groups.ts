import { evolve, type Store } from '@xmpp-groups/core/xabber';
import { describe, expect, it } from 'vitest';
import {
  asked,
  BEGINNING,
  bare,
  commit,
  created,
  GROUP,
  joined,
  memberId,
  NOW,
  posted,
  query,
} from '../samples.js';
import { evolved, history } from './history.js';
import type { Open } from './opened.js';

export function groupContract(open: Open): void {
  /** Read in both ways, which say the same. */
  const revisionOf = async (store: Store) => {
    const loaded = (await store.load(GROUP))?.revision;
    expect(await store.revision(GROUP)).toBe(loaded ?? 0);
    return loaded;
  };

  describe('groups', () => {
    it('are not there before they are created', async () => {
      const store = await open();
      expect(await store.load(GROUP)).toBeUndefined();
      expect(await store.revision(GROUP)).toBe(0);
      expect(await store.totals()).toEqual({ groups: 0, members: 0 });
      expect(await store.commit([])).toEqual([]);
    });

    it.each(history.map((event, index) => [index, event.kind] as const))(
      'are loaded as core has them after event %i, %s',
      async (index) => {
        const store = await open();
        const events = history.slice(0, index + 1);
        await commit(store, events);
        expect(await store.load(GROUP)).toEqual({ group: evolved(events), revision: 1 });
      },
    );

    it('are the same when each event is a change of its own', async () => {
      const store = await open();
      for (const event of history) await commit(store, [event]);
      expect(await store.load(GROUP)).toEqual({ group: evolved(history), revision: history.length });
    });

    it('take the time of the last of an author’s posts, whatever order the times have', async () => {
      const store = await open();
      const late = { ...posted(2), at: NOW + 5 };
      await commit(store, [created(), asked(1), joined(1), posted(1), late]);
      const loaded = await store.load(GROUP);
      expect(loaded?.group.members.get(memberId(1))?.lastSeen).toBe(NOW + 5);
    });

    it('keep what their loader does with his copy away from the store', async () => {
      const store = await open();
      await commit(store, [created(), asked(1)]);
      const copy = await store.load(GROUP);
      evolve(copy?.group, GROUP, joined(1));
      evolve(copy?.group, GROUP, { kind: 'statusChanged', status: 'inactive', at: NOW });
      expect(await store.load(GROUP)).toEqual({ group: evolved([created(), asked(1)]), revision: 1 });
    });

    it('with 10,000 members are loaded whole and in the order of arrival', async () => {
      const store = await open();
      const numbers = Array.from({ length: 10_000 }, (_, index) => 10_000 - index);
      await commit(store, [created(), ...numbers.flatMap((number) => [asked(number), joined(number)])]);
      const loaded = await store.load(GROUP);
      expect(loaded?.group.size).toBe(10_000);
      expect([...(loaded?.group.members.keys() ?? [])]).toEqual(numbers.map(memberId));
      expect(await store.totals()).toEqual({ groups: 1, members: 10_000 });
    });
  });

  describe('revisions', () => {
    it('grow by one with each change', async () => {
      const store = await open();
      await commit(store, [created()]);
      expect(await revisionOf(store)).toBe(1);
      await commit(store, [asked(1), joined(1)]);
      expect(await revisionOf(store)).toBe(2);
      await commit(store, []);
      expect(await revisionOf(store)).toBe(3);
    });

    it.each([
      ['an old one', 1],
      ['one that is still to come', 3],
      ['a creation of what exists', 0],
    ])('in conflict: %s', async (_what, revision) => {
      const store = await open();
      await commit(store, [created()]);
      await commit(store, [asked(1)]);
      const before = await store.load(GROUP);
      const events = revision === 0 ? [created({ name: 'Mantua' })] : [joined(1), posted(1)];
      expect(await store.commit([{ group: GROUP, revision, events }])).toEqual(['conflict']);
      expect(await store.load(GROUP)).toEqual(before);
      expect((await store.page(GROUP, query())).count).toBe(0);
    });

    it('in conflict: a change of what does not exist', async () => {
      const store = await open();
      expect(await store.commit([{ group: GROUP, revision: 1, events: [posted(1)] }])).toEqual(['conflict']);
      expect(await store.load(GROUP)).toBeUndefined();
    });

    it('in conflict leave only their own change out', async () => {
      const store = await open();
      const other = bare('mantua@groups.example.com');
      await commit(store, BEGINNING);
      expect(
        await store.commit([
          { group: GROUP, revision: 7, events: [posted(1)] },
          { group: other, revision: 0, events: [...BEGINNING, posted(2)] },
          { group: GROUP, revision: 1, events: [posted(3)] },
          { group: GROUP, revision: 1, events: [posted(4)] },
          { group: GROUP, revision: 2, events: [posted(5)] },
        ]),
      ).toEqual(['conflict', { revision: 1 }, { revision: 2 }, 'conflict', { revision: 3 }]);
      const { messages } = await store.page(GROUP, query());
      expect(messages.map(({ id }) => id)).toEqual(['id-3', 'id-5']);
      expect((await store.page(other, query())).count).toBe(1);
    });
  });
}
