import type { DatedEvent, Index, Membership, Store } from '@xmpp-groups/core/xabber';
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
import type { Open } from './opened.js';

const HOST = 'groups.example.com';
const ASKER = 'user1@example.com';
const left: DatedEvent = { kind: 'memberLeft', member: memberId(1), version: 9, at: NOW };
const blocked = (address: string): DatedEvent => ({
  kind: 'blockAdded',
  block: { address: bare(address), member: undefined },
  at: NOW,
});

export function listingContract(open: Open): void {
  const jidsFor = async (store: Store, asker: string, host = HOST) =>
    (await store.listedGroups(host, bare(asker))).map(({ jid }) => jid);

  describe('a listing', () => {
    it.each<readonly [string, Membership, Index, readonly DatedEvent[], boolean]>([
      ['open, global', 'open', 'global', [], true],
      ['open, local', 'open', 'local', [], true],
      ['open, not indexed', 'open', 'none', [], false],
      ['open, not indexed, to its member', 'open', 'none', [asked(1), joined(1)], false],
      ['open, to somebody blocked', 'open', 'global', [blocked(ASKER)], false],
      ['open, to somebody of a blocked domain', 'open', 'global', [blocked('example.com')], false],
      ['open, to the neighbour of somebody blocked', 'open', 'global', [blocked('user2@example.com')], true],
      ['open, to somebody of a domain below a blocked one', 'open', 'global', [blocked('com')], true],
      ['member-only', 'member-only', 'global', [], false],
      ['member-only, to a member', 'member-only', 'global', [asked(1), joined(1)], true],
      ['member-only, to somebody invited', 'member-only', 'local', [asked(1)], true],
      [
        'member-only, to a member of a blocked domain',
        'member-only',
        'local',
        [asked(1), joined(1), blocked('example.com')],
        false,
      ],
      [
        'member-only, to somebody invited and blocked',
        'member-only',
        'local',
        [asked(1), blocked('example.com')],
        false,
      ],
      ['member-only, not indexed, to a member', 'member-only', 'none', [asked(1), joined(1)], false],
      ['member-only, to a former member', 'member-only', 'global', [asked(1), joined(1), left], false],
      ['member-only, to another than its member', 'member-only', 'global', [asked(2), joined(2)], false],
    ])('%s', async (_what, membership, index, events, listed) => {
      const store = await open();
      await commit(store, [created({ membership, index }), ...events]);
      expect(await jidsFor(store, ASKER)).toEqual(listed ? [GROUP] : []);
    });

    it.each(['open', 'member-only'] as const)('never has a private chat: %s', async (membership) => {
      const store = await open();
      const parent = bare('capulet@groups.example.com');
      await commit(store, [created({ membership }, parent), asked(1), joined(1)]);
      expect(await jidsFor(store, ASKER)).toEqual([]);
      expect((await store.allGroups()).map(({ jid }) => jid)).toEqual([GROUP]);
      expect(await store.jidsOn(HOST)).toEqual([GROUP]);
    });

    it('holds the groups of one host, compared exactly, in the order of their JIDs', async () => {
      const store = await open();
      const jids = [
        'b@groups.example.com',
        'я@groups.example.com',
        'a@groups.example.com',
        'a@sub.groups.example.com',
        'c@example.com',
        'a-b@groups.example.com',
      ];
      for (const jid of jids)
        await commit(store, [created({ name: jid }), asked(1), joined(1), asked(2)], bare(jid));
      expect(await jidsFor(store, ASKER)).toEqual([
        'a-b@groups.example.com',
        'a@groups.example.com',
        'b@groups.example.com',
        'я@groups.example.com',
      ]);
      expect(await jidsFor(store, ASKER, 'example.com')).toEqual(['c@example.com']);
      expect(await jidsFor(store, ASKER, 'roups.example.com')).toEqual([]);
      expect(await store.jidsOn('example.com')).toEqual(['c@example.com']);
      expect(await store.jidsOn(HOST)).toEqual([
        'a-b@groups.example.com',
        'a@groups.example.com',
        'b@groups.example.com',
        'я@groups.example.com',
      ]);
      const all = await store.allGroups();
      expect(all.map(({ jid }) => jid)).toEqual([
        'a-b@groups.example.com',
        'a@groups.example.com',
        'a@sub.groups.example.com',
        'b@groups.example.com',
        'c@example.com',
        'я@groups.example.com',
      ]);
      expect(all[1]).toEqual({
        jid: 'a@groups.example.com',
        properties: (await store.load(bare('a@groups.example.com')))?.group.properties,
        size: 1,
      });
      expect((await store.listedGroups(HOST, bare(ASKER)))[1]).toEqual(all[1]);
      expect(await store.totals()).toEqual({ groups: 6, members: 6 });
    });
  });

  describe('removal', () => {
    it('leaves nothing of the group, and everything of the others', async () => {
      const store = await open();
      const other = bare('mantua@groups.example.com');
      await commit(store, [
        created({ membership: 'member-only' }),
        asked(1),
        joined(1),
        blocked('a.example'),
        posted(1),
      ]);
      await commit(store, [...BEGINNING, posted(1)], other);
      const before = await store.load(other);
      expect(await store.remove(GROUP)).toBe(true);
      expect(await store.remove(GROUP)).toBe(false);
      expect(await store.load(GROUP)).toBeUndefined();
      expect(await store.findByOrigin(GROUP, memberId(1), 'origin-1')).toBeUndefined();
      expect((await store.page(GROUP, query())).count).toBe(0);
      expect(await jidsFor(store, ASKER)).toEqual([other]);
      expect(await store.totals()).toEqual({ groups: 1, members: 1 });
      expect(await store.load(other)).toEqual(before);
      expect((await store.page(other, query({ withText: 'text' }))).count).toBe(1);
    });

    it('makes room for a group of the same name, which begins anew', async () => {
      const store = await open();
      await commit(store, [...BEGINNING, posted(1)]);
      await store.remove(GROUP);
      await commit(store, [...BEGINNING, posted(1, { text: 'other' })]);
      expect(await store.load(GROUP)).toMatchObject({ revision: 2, group: { size: 1 } });
      expect((await store.page(GROUP, query({ withText: 'text' }))).count).toBe(0);
      expect((await store.page(GROUP, query({ withText: 'other' }))).count).toBe(1);
    });
  });

  it('refuses everything after it was closed', async () => {
    const store = await open();
    await store.close();
    await expect(store.load(GROUP)).rejects.toMatchObject({ name: 'StoreError', kind: 'failed' });
    await expect(store.commit([])).rejects.toMatchObject({ name: 'StoreError', kind: 'failed' });
    await store.close();
  });
}
