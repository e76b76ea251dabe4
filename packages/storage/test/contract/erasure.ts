import type { DatedEvent, Store } from '@xmpp-groups/core/xabber';
import { erasedJid, memberByJid } from '@xmpp-groups/core/xabber';
import { describe, expect, it } from 'vitest';
import {
  asked,
  BEGINNING,
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
  stanzaId,
} from '../samples.js';
import type { Open } from './opened.js';

const MANTUA = bare('mantua@groups.example.com');
const PADUA = bare('padua@groups.example.com');
const VENICE = bare('venice@groups.example.com');
const ROMEO = bare('user2@example.com');

const erased = (member?: number, jid = ROMEO, version = 9): DatedEvent => ({
  kind: 'accountErased',
  jid,
  member: member === undefined ? undefined : memberId(member),
  version,
  at: NOW,
});

/** A group in which everything there is to know of the second member is known. */
const withRomeo = async (open: Open): Promise<Store> => {
  const store = await open();
  const second = { member: memberId(2), version: 5, at: NOW };
  await commit(store, [
    created({ contacts: [bare('juliet@example.com'), ROMEO] }),
    asked(1),
    joined(1),
    asked(2),
    joined(2),
    { kind: 'cardChanged', nickname: 'Montague', badge: 'poet', ...second },
    { kind: 'avatarChanged', avatar: { id: 'face', bytes: 1, type: 'image/png' }, ...second },
    { kind: 'rightGranted', right: 'change-group', until: 0, ...second },
    { kind: 'rightGranted', right: 'send-voice', until: 0, ...second },
    { kind: 'blockAdded', block: { address: ROMEO, member: memberId(2) }, at: NOW },
    { kind: 'blockAdded', block: { address: bare('example.net'), member: undefined }, at: NOW },
    {
      kind: 'disclosureOpened',
      disclosure: { from: memberId(2), to: memberId(1), type: 'offer', reason: 'Montague' },
      at: NOW,
    },
    { kind: 'privateChatOpened', pair: `${memberId(1)} ${memberId(2)}`, chat: PADUA, at: NOW },
    { kind: 'privateChatOpened', pair: `${memberId(1)} ${memberId(3)}`, chat: VENICE, at: NOW },
    { kind: 'avatarStored', id: 'face', mediaType: 'image/png', base64: 'Zg==', at: NOW },
  ]);
  return store;
};

export function erasureContract(open: Open): void {
  describe('groups that know somebody', () => {
    it('are found, however they know him', async () => {
      const store = await withRomeo(open);
      await commit(
        store,
        [...BEGINNING, { kind: 'blockAdded', block: { address: ROMEO, member: undefined }, at: NOW }],
        PADUA,
      );
      await commit(store, [created({ contacts: [ROMEO] })], MANTUA);
      await commit(
        store,
        [created({ contacts: [bare('my.user2@example.com')] }), asked(2, 'user2@example.com.au')],
        VENICE,
      );
      expect(await store.groupsOf(ROMEO)).toEqual([MANTUA, PADUA, GROUP]);
      expect(await store.groupsOf(bare('user1@example.com'))).toEqual([PADUA, GROUP]);
      expect(await store.groupsOf(bare('nobody@example.com'))).toEqual([]);
      await store.remove(PADUA);
      expect(await store.groupsOf(ROMEO)).toEqual([MANTUA, GROUP]);
    });

    it('know him no more when his account is erased, and whoever comes after him is another', async () => {
      const store = await withRomeo(open);
      await commit(store, [created({ contacts: [ROMEO] })], MANTUA);
      await commit(store, [erased(2)]);
      await commit(store, [erased()], MANTUA);
      expect(await store.groupsOf(ROMEO)).toEqual([]);
      const { group } = (await store.load(GROUP)) ?? {};
      expect(group?.members.get(memberId(2))).toEqual({
        id: memberId(2),
        jid: erasedJid(memberId(2)),
        subscription: 'none',
        invitedBy: undefined,
        nickname: undefined,
        badge: '',
        avatar: undefined,
        chosen: { nickname: false, avatar: false },
        preferences: { collects: true, acceptsPrivateChats: true, receivesUpdates: true },
        rights: new Map(),
        version: 9,
        joinedAt: 0,
        lastSeen: 0,
      });
      expect([group?.size, group?.version]).toEqual([1, 9]);
      expect([...(group?.blocks.keys() ?? [])]).toEqual(['example.net']);
      expect(group?.disclosures.size).toBe(0);
      expect([...(group?.privateChats.values() ?? [])]).toEqual([VENICE]);
      expect(group?.properties.contacts).toEqual(['juliet@example.com']);
      await commit(store, [asked(7, ROMEO), joined(7, 10)]);
      const back = (await store.load(GROUP))?.group;
      expect(back && memberByJid(back, ROMEO)?.id).toBe(memberId(7));
    });

    it('are as they were when a change with an erasure cannot happen', async () => {
      const store = await withRomeo(open);
      const before = await store.load(GROUP);
      await expect(commit(store, [erased(2), posted(1), posted(1)])).rejects.toThrow();
      expect(await store.load(GROUP)).toEqual(before);
      expect(await store.groupsOf(ROMEO)).toEqual([GROUP]);
    });
  });

  describe('what an archive tells of somebody', () => {
    const withTraces = async (): Promise<Store> => {
      const store = await withRomeo(open);
      await commit(store, [
        posted(1),
        posted(2, { author: memberId(2) }),
        posted(3, { author: undefined, xml: `<user id='${memberId(2)}'/>` }),
        posted(4, { xml: `<mention>xmpp:${ROMEO}</mention>` }),
        posted(5, { author: undefined, originId: undefined, xml: '<user/>' }),
        posted(6, { author: memberId(2), text: 'Good morrow' }),
      ]);
      await commit(store, [...BEGINNING, posted(2, { xml: `<mention>xmpp:${ROMEO}</mention>` })], MANTUA);
      return store;
    };
    const traces = async (store: Store, before: number, max: number, member: number | undefined = 2) => {
      const of = { jid: ROMEO, member: member === undefined ? undefined : memberId(member) };
      const page = await store.traces(GROUP, of, before, max);
      return [page.messages.map((each) => each.stanzaId), page.before];
    };

    it.each([
      ['all', Number.MAX_SAFE_INTEGER, 100, [6, 4, 3, 2], undefined],
      ['the newest', Number.MAX_SAFE_INTEGER, 3, [6, 4], 4],
      ['the next', stanzaId(4), 2, [3, 2], 2],
      ['exactly the rest', stanzaId(4), 3, [3, 2], undefined],
      ['none of some', stanzaId(6), 1, [], 5],
      ['none at the end', stanzaId(2), 5, [], undefined],
    ])('is found from the newest on: %s', async (_what, before, max, ids, last) => {
      const store = await withTraces();
      expect(await traces(store, before, max)).toEqual([ids.map(stanzaId), last && stanzaId(last)]);
    });

    it('is his JID alone when he was never there, and nothing in no group', async () => {
      const store = await withTraces();
      const of = { jid: ROMEO, member: undefined };
      expect((await store.traces(GROUP, of, stanzaId(9), 9)).messages.map(({ id }) => id)).toEqual(['id-4']);
      expect(await store.traces(VENICE, of, stanzaId(9), 9)).toEqual({ messages: [], before: undefined });
      expect((await store.traces(GROUP, of, stanzaId(5), 1)).messages).toEqual([
        message(4, { xml: `<mention>xmpp:${ROMEO}</mention>` }),
      ]);
    });

    it('can be taken out: what is searched and paged is what is left', async () => {
      const store = await withTraces();
      expect(await found(store, { withText: 'morrow' })).toEqual([6]);
      const clean = (number: number, text: string) =>
        message(number, {
          author: memberId(2),
          id: 'no-id',
          originId: undefined,
          text,
          xml: '<body>clean</body>',
        });
      await commit(store, [
        {
          kind: 'messagesCleaned',
          messages: [clean(2, 'text 2'), clean(6, 'Clean'), clean(77, 'x')],
          at: NOW,
        },
      ]);
      expect(await found(store, { withText: 'morrow' })).toEqual([]);
      expect(await found(store, { withText: 'clea' })).toEqual([6]);
      expect(await found(store, { withText: 'text 2' })).toEqual([2]);
      expect(await store.message(GROUP, stanzaId(2))).toEqual(clean(2, 'text 2'));
      expect(await store.findByOrigin(GROUP, memberId(2), 'origin-2')).toBeUndefined();
      expect(await found(store, { author: memberId(2) })).toEqual([2, 6]);
      expect((await store.load(GROUP))?.group.rewriteVersion).toBe(0);
    });

    it('can be taken out of notifications', async () => {
      const store = await withTraces();
      const told = (version: number): DatedEvent => ({
        kind: 'messageRetracted',
        stanzaId: stanzaId(90 + version),
        newest: stanzaId(6),
        version,
        notification: `n${version}`,
        at: NOW,
      });
      await commit(store, [told(1), told(2)]);
      await commit(store, [
        { kind: 'rewritesCleaned', rewrites: [{ version: 2, notification: 'clean' }], at: NOW },
      ]);
      expect(await store.rewrites(GROUP, 0, 9)).toEqual([
        { version: 1, notification: 'n1' },
        { version: 2, notification: 'clean' },
      ]);
    });
  });

  it('an image that nobody has any more is gone, from its group alone', async () => {
    const store = await withRomeo(open);
    const kept: DatedEvent = {
      kind: 'avatarStored',
      id: 'face',
      mediaType: 'image/png',
      base64: 'Zg==',
      at: NOW,
    };
    await commit(store, [created(), kept], MANTUA);
    await commit(store, [
      { kind: 'avatarForgotten', id: 'face', at: NOW },
      { kind: 'avatarForgotten', id: 'other', at: NOW },
    ]);
    expect(await store.avatar(GROUP, 'face')).toBeUndefined();
    expect((await store.avatarById('groups.example.com', 'face'))?.base64).toBe('Zg==');
  });
}
