import type { DatedEvent, Store } from '@xmpp-groups/core/xabber';
import { describe, expect, it } from 'vitest';
import {
  asked,
  BEGINNING,
  bare,
  commit,
  created,
  GROUP,
  joined,
  message,
  NOW,
  posted,
  query,
  stanzaId,
} from '../samples.js';
import { evolved } from './history.js';
import type { Open } from './opened.js';

export function deletionContract(open: Open): void {
  describe('a deleted group', () => {
    const deleted: DatedEvent = { kind: 'groupDeleted', at: NOW };
    const life: readonly DatedEvent[] = [
      ...BEGINNING,
      posted(1),
      { kind: 'avatarStored', id: 'a', mediaType: 'image/png', base64: 'aGVsbG8=', at: NOW },
      {
        kind: 'messageRetracted',
        stanzaId: stanzaId(9),
        newest: stanzaId(1),
        version: 1,
        notification: '',
        at: NOW,
      },
    ];
    const expectNothing = async (store: Store) => {
      expect(await store.load(GROUP)).toBeUndefined();
      expect(await store.revision(GROUP)).toBe(0);
      expect(await store.totals()).toEqual({ groups: 0, members: 0 });
      expect((await store.page(GROUP, query())).count).toBe(0);
      expect(await store.message(GROUP, stanzaId(1))).toBeUndefined();
      expect(await store.rewrites(GROUP, 0, 10)).toEqual([]);
      expect(await store.avatar(GROUP, 'a')).toBeUndefined();
    };

    it('is gone with everything, and can be created anew', async () => {
      const store = await open();
      await commit(store, life);
      expect(await store.commit([{ group: GROUP, revision: 1, events: [deleted] }])).toEqual([
        { revision: 0 },
      ]);
      await expectNothing(store);
      expect(await store.commit([{ group: GROUP, revision: 2, events: [asked(1)] }])).toEqual(['conflict']);
      await commit(store, [created({ name: 'Mantua' }), asked(1), posted(1, { text: 'other' })]);
      expect(await store.load(GROUP)).toMatchObject({
        revision: 2,
        group: { properties: { name: 'Mantua' }, size: 0, rewriteVersion: 0 },
      });
      expect(await store.message(GROUP, stanzaId(1))).toEqual(message(1, { text: 'other' }));
      expect((await store.page(GROUP, query({ withText: 'text' }))).count).toBe(0);
    });

    it('may have lived for one change', async () => {
      const store = await open();
      const change = { group: GROUP, revision: 0, events: [...life, deleted] };
      expect(await store.commit([change])).toEqual([{ revision: 0 }]);
      await expectNothing(store);
    });

    it('may come back in the change that deletes it', async () => {
      const store = await open();
      await commit(store, life);
      await commit(store, [posted(2), deleted, created({ name: 'Mantua' }), asked(2)]);
      expect(await store.load(GROUP)).toEqual({
        group: evolved([created({ name: 'Mantua' }), asked(2)]),
        revision: 2,
      });
      expect((await store.page(GROUP, query())).count).toBe(0);
    });

    it.each<readonly [string, (store: Store) => Promise<unknown>]>([
      ['by the operator', (store) => store.remove(GROUP)],
      ['by a change', (store) => commit(store, [deleted])],
      ['in one change with what comes', (store) => commit(store, [deleted, ...BEGINNING, deleted])],
    ])('and made anew is at no revision that it was at before: %s', async (_who, remove) => {
      const store = await open();
      const seen: number[] = [];
      for (let life = 0; life < 3; life++) {
        await commit(store, BEGINNING);
        for (let change = 0; change <= life; change++) {
          if (change > 0) await commit(store, [posted(change)]);
          seen.push((await store.load(GROUP))?.revision ?? 0);
        }
        const stale = seen.slice(0, -1).map((revision) => ({ group: GROUP, revision, events: [posted(9)] }));
        expect(await store.commit(stale)).toEqual(stale.map(() => 'conflict'));
        await remove(store);
        // Somebody else's revisions are no way around it.
        await commit(store, BEGINNING, bare('mantua@groups.example.com'));
        await store.remove(bare('mantua@groups.example.com'));
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(await store.load(GROUP)).toBeUndefined();
    });

    it('is there again when its deletion fails', async () => {
      const store = await open();
      await commit(store, life);
      const before = await store.load(GROUP);
      const events = [posted(2), deleted, ...life, joined(9)];
      await expect(store.commit([{ group: GROUP, revision: 1, events }])).rejects.toThrow('unknown member');
      expect(await store.load(GROUP)).toEqual(before);
      expect((await store.page(GROUP, query())).messages).toEqual([{ ...message(1), previous: 0 }]);
    });
  });
}
