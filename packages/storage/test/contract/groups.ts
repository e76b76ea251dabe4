import { type DatedEvent, evolve, type LoadedGroup, type Store } from '@xmpp-groups/core/xabber';
import { describe, expect, it } from 'vitest';
import {
  asked,
  atRest,
  BEGINNING,
  bare,
  commit,
  created,
  GROUP,
  joined,
  memberId,
  message,
  NOW,
  posted,
  query,
  stanzaId,
} from '../samples.js';
import type { Open } from './opened.js';

const evolved = (events: readonly DatedEvent[]): LoadedGroup | undefined =>
  atRest(events.reduce<LoadedGroup | undefined>((group, event) => evolve(group, GROUP, event), undefined));

const AVATAR = { id: 'a'.repeat(40), bytes: 12_345, type: 'image/png', url: 'https://example.com/a.png' };
const offer = { from: memberId(1), to: memberId(2), type: 'offer', reason: '' } as const;
const request = { from: memberId(2), to: memberId(1), type: 'request', reason: 'кто ты?' } as const;

const invitation = (number: number) => ({
  member: memberId(number),
  jid: bare(`guest${number}@example.com`),
  by: memberId(1),
  at: NOW + number,
});

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
    avatar: AVATAR,
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
  { kind: 'invited', ...invitation(4), nickname: 'Paris', version: 30 },
  { kind: 'invited', ...invitation(5), nickname: undefined, version: 31 },
  joined(4, 32),
  { kind: 'invited', ...invitation(4), nickname: undefined, version: 33 },
  { kind: 'invitationEnded', member: memberId(5), version: 34, at: NOW + 40 },
  { kind: 'invitationEnded', member: memberId(4), version: 35, at: NOW + 40 },
  { kind: 'rightRevoked', member: memberId(2), right: 'send-images', version: 36, at: NOW + 41 },
  { kind: 'rightRevoked', member: memberId(2), right: 'send-audio', version: 37, at: NOW + 41 },
  { kind: 'defaultRestrictionSet', restriction: 'send-voice', seconds: 3600, at: NOW + 42 },
  { kind: 'defaultRestrictionSet', restriction: 'send-audio', seconds: 0, at: NOW + 42 },
  { kind: 'defaultRestrictionSet', restriction: 'send-voice', seconds: 60, at: NOW + 42 },
  { kind: 'defaultRestrictionSet', restriction: 'send-audio', seconds: undefined, at: NOW + 42 },
  { kind: 'blockRemoved', address: bare('spam.example'), at: NOW + 43 },
  { kind: 'blockRemoved', address: bare('never.example'), at: NOW + 43 },
  {
    kind: 'propertiesChanged',
    properties: {
      ...created().properties,
      name: 'Мантуя',
      index: 'none',
      contacts: [],
      domains: ['a.example', 'b'],
    },
    at: NOW + 44,
  },
  { kind: 'paceChanged', pace: { slowMode: 5, slowModeForNewcomers: 60 }, at: NOW + 45 },
  { kind: 'messagePinned', stanzaId: stanzaId(20), at: NOW + 46 },
  { kind: 'groupAvatarChanged', avatar: AVATAR, at: NOW + 47 },
  { kind: 'cardChanged', member: memberId(1), badge: 'count', version: 40, at: NOW + 48 },
  { kind: 'cardChanged', member: memberId(1), nickname: 'Paris', version: 41, at: NOW + 48 },
  { kind: 'cardChanged', member: memberId(1), badge: '', version: 42, at: NOW + 48 },
  { kind: 'avatarChanged', member: memberId(1), avatar: AVATAR, version: 43, at: NOW + 49 },
  { kind: 'avatarChanged', member: memberId(2), avatar: undefined, version: 44, at: NOW + 49 },
  { kind: 'avatarStored', id: AVATAR.id, mediaType: 'image/png', base64: 'aGVsbG8=', at: NOW + 50 },
  ...[true, false].map(
    (yes): DatedEvent => ({
      kind: 'preferencesChanged',
      member: memberId(yes ? 1 : 2),
      preferences: { collects: yes, acceptsPrivateChats: !yes, receivesUpdates: yes },
      at: NOW + 51,
    }),
  ),
  { kind: 'memberSeen', member: memberId(1), resource: 'x', present: true, version: 50, at: NOW + 52 },
  { kind: 'memberSeen', member: memberId(2), resource: 'x', present: true, version: 51, at: NOW + 53 },
  { kind: 'memberSeen', member: memberId(1), resource: 'x', present: false, version: 52, at: NOW + 54 },
  { kind: 'disclosureOpened', disclosure: offer, at: NOW + 55 },
  { kind: 'disclosureOpened', disclosure: request, at: NOW + 55 },
  { kind: 'disclosureOpened', disclosure: { ...offer, reason: 'я' }, at: NOW + 55 },
  { kind: 'disclosureClosed', from: memberId(2), to: memberId(1), at: NOW + 55 },
  { kind: 'disclosureClosed', from: memberId(2), to: memberId(1), at: NOW + 55 },
  {
    kind: 'messageReplaced',
    message: message(20, { text: 'x' }),
    version: 1,
    notification: 'r',
    at: NOW + 56,
  },
  { kind: 'messageRetracted', stanzaId: stanzaId(20), version: 2, notification: 'm', at: NOW + 57 },
  { kind: 'historyRetracted', author: memberId(2), version: 3, notification: 'u', at: NOW + 58 },
  { kind: 'historyRetracted', author: undefined, version: 4, notification: 'a', at: NOW + 59 },
  { kind: 'groupAvatarChanged', avatar: undefined, at: NOW + 60 },
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

  describe('a deleted group', () => {
    const deleted: DatedEvent = { kind: 'groupDeleted', at: NOW };
    const life: readonly DatedEvent[] = [
      ...BEGINNING,
      posted(1),
      { kind: 'avatarStored', id: 'a', mediaType: 'image/png', base64: 'aGVsbG8=', at: NOW },
      { kind: 'messageRetracted', stanzaId: stanzaId(9), version: 1, notification: '', at: NOW },
    ];
    const expectNothing = async (store: Store) => {
      expect(await store.load(GROUP)).toBeUndefined();
      expect(await store.totals()).toEqual({ groups: 0, members: 0 });
      expect((await store.page(GROUP, query())).count).toBe(0);
      expect(await store.message(GROUP, stanzaId(1))).toBeUndefined();
      expect(await store.rewrites(GROUP, 0, 10)).toEqual([]);
      expect(await store.avatar(GROUP, 'a')).toBeUndefined();
    };

    it('is gone with everything, and can be created anew', async () => {
      const store = await open();
      await commit(store, life);
      expect(await store.commit([{ group: GROUP, revision: 1, events: [deleted] }])).toEqual(['committed']);
      await expectNothing(store);
      expect(await store.commit([{ group: GROUP, revision: 2, events: [asked(1)] }])).toEqual(['conflict']);
      await commit(store, [created({ name: 'Mantua' }), asked(1), posted(1, { text: 'other' })]);
      expect(await store.load(GROUP)).toMatchObject({
        revision: 1,
        group: { properties: { name: 'Mantua' }, size: 0, rewriteVersion: 0 },
      });
      expect(await store.message(GROUP, stanzaId(1))).toEqual(message(1, { text: 'other' }));
      expect((await store.page(GROUP, query({ withText: 'text' }))).count).toBe(0);
    });

    it('may have lived for one change', async () => {
      const store = await open();
      const change = { group: GROUP, revision: 0, events: [...life, deleted] };
      expect(await store.commit([change])).toEqual(['committed']);
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

    it('is there again when its deletion fails', async () => {
      const store = await open();
      await commit(store, life);
      const before = await store.load(GROUP);
      const events = [posted(2), deleted, ...life, joined(9)];
      await expect(store.commit([{ group: GROUP, revision: 1, events }])).rejects.toThrow('unknown member');
      expect(await store.load(GROUP)).toEqual(before);
      expect((await store.page(GROUP, query())).messages).toEqual([message(1)]);
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
      ['somebody unknown writes', [posted(5, { author: memberId(9) })]],
      ['somebody unknown writes before he asks to join', [posted(5, { author: memberId(9) }), asked(9)]],
      [
        'somebody unknown is seen',
        [{ kind: 'memberSeen', member: memberId(9), resource: 'x', present: true, version: 9, at: NOW }],
      ],
      ['somebody has two ids', [asked(9, 'user4@example.com')]],
      ['something happens after the end', [{ kind: 'groupDeleted', at: NOW }, asked(9)]],
      ['a second creation', [created()]],
      [
        'a stanza id comes again after its message was retracted',
        [
          posted(5),
          { kind: 'messageRetracted', stanzaId: stanzaId(5), version: 1, notification: '', at: NOW },
          posted(5, { originId: 'another' }),
        ],
      ],
      ['a stanza id does not grow', [posted(5), posted(5, { originId: 'another' })]],
      ['an origin-id is used twice', [posted(6), posted(7, { originId: 'origin-6' })]],
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
        { kind: 'defaultRestrictionSet', restriction: 'send-voice', seconds: 1, at: NOW },
        { kind: 'disclosureOpened', disclosure: offer, at: NOW },
        { kind: 'paceChanged', pace: { slowMode: 1, slowModeForNewcomers: 1 }, at: NOW },
        { kind: 'avatarStored', id: 'a', mediaType: 'image/png', base64: '', at: NOW },
        {
          kind: 'messageReplaced',
          message: message(1, { text: 'other' }),
          version: 1,
          notification: '',
          at: NOW,
        },
        { kind: 'historyRetracted', author: undefined, version: 2, notification: '', at: NOW },
      ];
      await expect(
        store.commit([
          { group: other, revision: 0, events: [...BEGINNING, posted(1)] },
          { group: GROUP, revision: 1, events: [...seemly, ...events] },
        ]),
      ).rejects.toThrow();
      expect(await store.load(other)).toBeUndefined();
      expect(await store.load(GROUP)).toEqual(before);
      expect((await store.page(GROUP, query())).messages.map(({ id }) => id)).toEqual(['id-1']);
      expect(await store.message(GROUP, stanzaId(1))).toEqual(message(1));
      expect(await store.findByOrigin(GROUP, memberId(1), 'origin-1')).toEqual(message(1));
      expect(await store.findByOrigin(GROUP, memberId(1), 'origin-2')).toBeUndefined();
      expect(await store.rewrites(GROUP, 0, 10)).toEqual([]);
      expect(await store.avatar(GROUP, 'a')).toBeUndefined();
      await commit(store, [...seemly, joined(4)]);
      expect((await store.load(GROUP))?.group.size).toBe(1);
      expect((await store.page(GROUP, query())).count).toBe(0);
    });

    it('is refused: anything before the creation', async () => {
      const store = await open();
      await expect(store.commit([{ group: GROUP, revision: 0, events: [posted(1)] }])).rejects.toThrow(
        'messagePosted of a group that does not exist',
      );
      await expect(store.commit([{ group: GROUP, revision: 0, events: [] }])).rejects.toThrow();
      expect(await store.load(GROUP)).toBeUndefined();
    });
  });
}
