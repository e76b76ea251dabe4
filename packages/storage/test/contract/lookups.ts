import type { DatedEvent, Right, Store } from '@xmpp-groups/core/xabber';
import { describe, expect, it } from 'vitest';
import {
  asked,
  BEGINNING,
  bare,
  commit,
  created,
  GROUP,
  memberId,
  NOW,
  posted,
  stanzaId,
} from '../samples.js';
import type { Open } from './opened.js';

const MANTUA = bare('mantua@groups.example.com');
const PADUA = bare('padua@groups.example.com');
const ELSEWHERE = bare('verona@other.example.com');

const stored = (id: string, base64: string, mediaType = 'image/png'): DatedEvent => ({
  kind: 'avatarStored',
  id,
  mediaType,
  base64,
  at: NOW,
});
const granted = (number: number, right: Right, until: number): DatedEvent => ({
  kind: 'rightGranted',
  member: memberId(number),
  right,
  until,
  version: 1,
  at: NOW,
});

export function lookupContract(open: Open): void {
  describe('avatars', () => {
    it('come back as they were, for the group that has them', async () => {
      const store = await open();
      await commit(store, [created(), stored('a/ü', '/+8='), stored('b', '', 'image/svg+xml')]);
      await commit(store, [created(), stored('b', 'Yg==')], MANTUA);
      expect(await store.avatar(GROUP, 'a/ü')).toEqual({ id: 'a/ü', mediaType: 'image/png', base64: '/+8=' });
      expect(await store.avatar(GROUP, 'b')).toEqual({ id: 'b', mediaType: 'image/svg+xml', base64: '' });
      expect(await store.avatar(MANTUA, 'b')).toEqual({ id: 'b', mediaType: 'image/png', base64: 'Yg==' });
      expect(await store.avatar(MANTUA, 'a/ü')).toBeUndefined();
      expect(await store.avatar(GROUP, 'B')).toBeUndefined();
      expect(await store.avatar(PADUA, 'b')).toBeUndefined();
    });

    it('with an id that was used before take the place of the older', async () => {
      const store = await open();
      await commit(store, [created(), stored('a', 'MQ=='), stored('a', 'Mg==', 'image/gif')]);
      const after = { id: 'a', mediaType: 'image/gif', base64: 'Mg==' };
      expect(await store.avatar(GROUP, 'a')).toEqual(after);
      expect(await store.avatarById('groups.example.com', 'a')).toEqual(after);
    });

    it('are found on their host without the group: the one that was stored first', async () => {
      const store = await open();
      const base64Of = async (host: string, id: string) => (await store.avatarById(host, id))?.base64;
      await commit(store, [created()], MANTUA);
      await commit(store, [created(), stored('a', 'MQ==')], PADUA);
      await commit(store, [stored('a', 'Mg=='), stored('b', 'Mw==')], MANTUA);
      await commit(store, [created(), stored('a', 'NA=='), stored('c', 'NQ==')], ELSEWHERE);
      expect(await base64Of('groups.example.com', 'a')).toBe('MQ==');
      expect(await base64Of('groups.example.com', 'b')).toBe('Mw==');
      expect(await base64Of('groups.example.com', 'c')).toBeUndefined();
      expect(await base64Of('other.example.com', 'a')).toBe('NA==');
      await commit(store, [stored('a', 'Ng==')], PADUA);
      expect(await base64Of('groups.example.com', 'a')).toBe('Ng==');
      const accepted = (wanted: string) =>
        store.avatarById('groups.example.com', 'a', ({ base64 }) => base64 === wanted);
      expect((await accepted('Mg=='))?.base64).toBe('Mg==');
      expect(await accepted('NA==')).toBeUndefined();
      await store.remove(PADUA);
      expect(await base64Of('groups.example.com', 'a')).toBe('Mg==');
    });
  });

  it('private chats that no group knows of are found, in the order of their JIDs', async () => {
    const store = await open();
    const chats = [PADUA, MANTUA].map(
      (chat): DatedEvent => ({ kind: 'privateChatOpened', pair: chat, chat, at: NOW }),
    );
    await commit(store, [created(), ...chats]);
    expect(await store.orphans()).toEqual([]);
    for (const chat of [PADUA, MANTUA]) await commit(store, [created({}, GROUP)], chat);
    expect(await store.orphans()).toEqual([]);
    await commit(store, [created({}, MANTUA)], ELSEWHERE);
    expect(await store.orphans()).toEqual([ELSEWHERE]);
    await store.remove(GROUP);
    expect(await store.orphans()).toEqual([MANTUA, PADUA, ELSEWHERE]);
    // Another group with the same JID has other private chats.
    await commit(store, [created(), ...chats.slice(0, 1)]);
    expect(await store.orphans()).toEqual([MANTUA, ELSEWHERE]);
    await store.remove(MANTUA);
    expect(await store.orphans()).toEqual([ELSEWHERE]);
  });

  it('the message before another one is found, or before it that of another author', async () => {
    const store = await open();
    const authors = [1, 1, 2, undefined, 2, 2];
    await commit(store, [
      ...BEGINNING,
      asked(2),
      ...authors.map((author, index) =>
        posted(index + 1, { author: author === undefined ? undefined : memberId(author) }),
      ),
    ]);
    await commit(store, [...BEGINNING, posted(2)], MANTUA);
    const previous = (before: number, except?: number) =>
      store.previous(GROUP, before, except === undefined ? undefined : memberId(except));
    expect(await previous(stanzaId(1))).toBe(0);
    expect(await previous(stanzaId(3))).toBe(stanzaId(2));
    expect(await previous(stanzaId(3) + 1)).toBe(stanzaId(3));
    expect(await previous(Number.POSITIVE_INFINITY)).toBe(stanzaId(6));
    expect(await previous(Number.POSITIVE_INFINITY, 2)).toBe(stanzaId(4));
    expect(await previous(Number.POSITIVE_INFINITY, 1)).toBe(stanzaId(6));
    expect(await previous(stanzaId(4), 2)).toBe(stanzaId(2));
    expect(await previous(stanzaId(3), 1)).toBe(0);
    expect(await store.previous(PADUA, Number.POSITIVE_INFINITY)).toBe(0);
  });

  describe('rights that end', () => {
    const withRights = async (): Promise<Store> => {
      const store = await open();
      await commit(store, [
        ...BEGINNING,
        asked(2),
        granted(1, 'owner', 0),
        granted(1, 'send-voice', 100),
        granted(2, 'send-voice', 50),
        granted(2, 'send-audio', 60),
      ]);
      await commit(store, [...BEGINNING, granted(1, 'send-images', 60)], MANTUA);
      await commit(store, [...BEGINNING, granted(1, 'owner', 0)], PADUA);
      return store;
    };

    it.each<readonly [string, number, readonly string[], number | undefined]>([
      ['none yet', 49, [], 50],
      ['exactly one', 50, [GROUP], 60],
      ['in two groups', 60, [MANTUA, GROUP], 100],
      ['between two ends', 99, [MANTUA, GROUP], 100],
      ['all', 1000, [MANTUA, GROUP], undefined],
    ])('%s', async (_what, until, groups, next) => {
      const store = await withRights();
      expect(await store.expiring(until)).toEqual({ groups, next });
    });

    it('are forgotten when they are revoked, moved or go with their holder', async () => {
      const store = await withRights();
      await commit(store, [
        { kind: 'rightRevoked', member: memberId(2), right: 'send-voice', version: 9, at: NOW },
        granted(2, 'send-audio', 0),
        granted(1, 'send-voice', 200),
      ]);
      expect(await store.expiring(60)).toEqual({ groups: [MANTUA], next: 200 });
      await store.remove(MANTUA);
      expect(await store.expiring(60)).toEqual({ groups: [], next: 200 });
      await commit(store, [{ kind: 'groupDeleted', at: NOW }]);
      expect(await store.expiring(60)).toEqual({ groups: [], next: undefined });
    });
  });
}
