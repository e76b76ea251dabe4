import { type DatedEvent, evolve, type LoadedGroup, type Store } from '@xmpp-groups/core/xabber';
import { describe, expect, it } from 'vitest';
import { asked, bare, commit, created, GROUP, joined, memberId, NOW, posted, query } from '../samples.js';
import type { Open } from './opened.js';

const evolved = (events: readonly DatedEvent[]): LoadedGroup | undefined =>
  events.reduce<LoadedGroup | undefined>((group, event) => evolve(group, GROUP, event), undefined);

const history: readonly DatedEvent[] = [
  created(),
  asked(1),
  joined(1),
  asked(2, 'джульетта@example.com'),
  joined(2),
  asked(3),
  { kind: 'rightGranted', member: memberId(1), right: 'owner', until: 0, version: 10, at: NOW },
  {
    kind: 'rightGranted',
    member: memberId(2),
    right: 'change-group',
    until: 1_800_000_000,
    version: 11,
    at: NOW,
  },
  { kind: 'rightGranted', member: memberId(2), right: 'send-images', until: 0, version: 12, at: NOW },
  { kind: 'rightGranted', member: memberId(2), right: 'send-images', until: 7, version: 13, at: NOW },
  {
    kind: 'profileTaken',
    member: memberId(2),
    nickname: 'Джульетта "J" 😀',
    avatar: { id: 'a'.repeat(40), bytes: 12_345, type: 'image/png', url: 'https://example.com/a.png' },
    version: 14,
    at: NOW,
  },
  { kind: 'profileTaken', member: memberId(2), badge: "b'", version: 15, at: NOW },
  posted(20, { author: memberId(2) }),
  posted(21, { author: undefined, originId: undefined }),
  { kind: 'memberLeft', member: memberId(2), version: 22, at: NOW + 30 },
  { kind: 'blockAdded', block: { address: bare('spam.example'), member: undefined }, at: NOW },
  { kind: 'blockAdded', block: { address: bare('tybalt@example.com'), member: undefined }, at: NOW },
  { kind: 'blockAdded', block: { address: bare('tybalt@example.com'), member: memberId(3) }, at: NOW },
  { kind: 'statusChanged', status: 'limited', at: NOW },
  asked(2, 'джульетта@example.com'),
];

export function groupContract(open: Open): void {
  const revisionOf = async (store: Store) => (await store.load(GROUP))?.revision;

  describe('groups', () => {
    it('are not there before they are created', async () => {
      const store = await open();
      expect(await store.load(GROUP)).toBeUndefined();
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
      await commit(store, [created()]);
      expect(
        await store.commit([
          { group: GROUP, revision: 7, events: [posted(1)] },
          { group: other, revision: 0, events: [created(), posted(2)] },
          { group: GROUP, revision: 1, events: [posted(3)] },
          { group: GROUP, revision: 1, events: [posted(4)] },
          { group: GROUP, revision: 2, events: [posted(5)] },
        ]),
      ).toEqual(['conflict', 'committed', 'committed', 'conflict', 'committed']);
      const { messages } = await store.page(GROUP, query());
      expect(messages.map(({ id }) => id)).toEqual(['id-3', 'id-5']);
      expect((await store.page(other, query())).count).toBe(1);
    });
  });

  describe('a change that cannot have happened', () => {
    const impossible: readonly (readonly [string, readonly DatedEvent[]])[] = [
      ['an unknown member joins', [joined(9)]],
      ['an unknown member leaves', [{ kind: 'memberLeft', member: memberId(9), version: 1, at: NOW }]],
      ['a second creation', [created()]],
      ['a stanza id does not grow', [posted(5), posted(5, { originId: 'another' })]],
      ['an origin-id is used twice', [posted(6, { originId: 'origin-1' })]],
    ];

    it.each(impossible)('is refused with all others of its commit: %s', async (_what, events) => {
      const store = await open();
      await commit(store, [created(), asked(1), joined(1), posted(1)]);
      const before = await store.load(GROUP);
      const other = bare('mantua@groups.example.com');
      const seemly: readonly DatedEvent[] = [
        asked(4),
        asked(1, 'user1@example.com'),
        posted(2),
        { kind: 'blockAdded', block: { address: bare('spam.example'), member: undefined }, at: NOW },
      ];
      await expect(
        store.commit([
          { group: other, revision: 0, events: [created(), posted(1)] },
          { group: GROUP, revision: 1, events: [...seemly, ...events] },
        ]),
      ).rejects.toThrow();
      expect(await store.load(other)).toBeUndefined();
      expect(await store.load(GROUP)).toEqual(before);
      expect((await store.page(GROUP, query())).messages.map(({ id }) => id)).toEqual(['id-1']);
      expect(await store.findByOrigin(GROUP, memberId(1), 'origin-2')).toBeUndefined();
      await commit(store, [...seemly, joined(4)]);
      expect((await store.load(GROUP))?.group.size).toBe(1);
    });

    it('is refused: anything before the creation', async () => {
      const store = await open();
      await expect(store.commit([{ group: GROUP, revision: 0, events: [posted(1)] }])).rejects.toThrow(
        'before its creation',
      );
      await expect(store.commit([{ group: GROUP, revision: 0, events: [] }])).rejects.toThrow();
      expect(await store.load(GROUP)).toBeUndefined();
    });
  });
}
