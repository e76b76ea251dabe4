import { type BareJid, localpartOf } from '@xmpp-groups/core/jid';
import { removal } from '@xmpp-groups/core/xabber';
import { serialise } from '@xmpp-groups/core/xml';
import { type GroupUser, infoIn, pictureOf, plainText } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

const cardOf = async (asker: GroupUser, group: BareJid) => {
  const [card] = (await asker.members(group, { id: '' })).users;
  if (card === undefined) throw new Error('no card');
  return card;
};

/** Reference 13. */
export function privateChats(world: World): void {
  /** A masked ball of Juliet's, with Romeo in it. */
  const ball = async () => {
    const juliet = await (await world.person('juliet')).device();
    const romeo = await (await world.person('romeo')).device();
    const group = await juliet.create(world.groups, { name: 'Masked ball', privacy: 'incognito' });
    await romeo.join(group);
    return { juliet, romeo, group, hers: await cardOf(juliet, group), his: await cardOf(romeo, group) };
  };

  /** The same with a private chat of the two. */
  const tete = async () => {
    const party = await ball();
    const { juliet, romeo, group, hers } = party;
    const invited = juliet.client.expect(
      (stanza) => stanza.name === 'message' && serialise(stanza).includes('chat privately'),
    );
    const { chat } = await romeo.privateChat(group, hers.id);
    await romeo.join(chat);
    await invited;
    await juliet.join(chat);
    return { ...party, chat };
  };

  /** Nothing that somebody has received from a chat names the other one. */
  const expectMasked = (reader: GroupUser, other: GroupUser, chat: BareJid): void => {
    const received = reader.client.received(({ attrs }) => attrs.from?.startsWith(chat) === true);
    expect(received.length).toBeGreaterThan(0);
    for (const stanza of received) expect(serialise(stanza)).not.toContain(other.client.bare);
  };

  describe('private chats', () => {
    it('row 85: two members of an incognito group talk alone, and neither learns who the other is', async () => {
      const { juliet, romeo, group, hers, his } = await ball();
      const picture = pictureOf(`a rose of ${his.id}`);
      await romeo.publishAvatar(group, '', picture);
      await juliet.avatarEvent(group);
      const { chat, isNew } = await juliet.privateChat(group, his.id);
      expect(isNew).toBe(true);
      const invited = await romeo.invited(chat);
      expect(invited.reason).toBe(
        `${hers.nickname} from Masked ball invited you to chat privately. If you accept this invitation, you won't ` +
          `see each other's real XMPP IDs. You will be known as ${his.nickname}`,
      );
      expect(invited.element.attrs.from).toBe(`${chat}/Group`);
      expect(invited.info).toMatchObject({ parent: group, privacy: 'incognito', membership: 'member-only' });
      expect(plainText(invited.element)).toContain(`Add ${chat} to the contacts`);

      await juliet.join(chat);
      const seen = juliet.client.expect((stanza) => infoIn(chat, stanza)?.members === 2);
      await romeo.join(chat);
      const presence = await seen;
      expect(infoIn(chat, presence)).toMatchObject({
        parent: group,
        name: `${hers.nickname} and ${his.nickname} chat`,
      });
      expect(serialise(presence)).toContain('<status>Private chat</status>');
      const [own] = (await romeo.members(chat, { id: '' })).users;
      expect(own).toMatchObject({ nickname: his.nickname, avatar: { infos: [{ id: picture.textSha1 }] } });
      expect(await juliet.image(chat, own?.id ?? '', picture.textSha1)).toBe(picture.base64);

      const heard = romeo.hears(chat, 'Who are you?');
      await juliet.post(chat, 'Who are you?');
      expect((await heard).card).toMatchObject({ nickname: hers.nickname, jid: undefined });
      await expect(juliet.invite(chat, 'nurse@example.org')).rejects.toMatchObject({
        condition: 'not-allowed',
        code: 405,
      });
      expect(await juliet.invitations(chat)).toEqual([]);
      expectMasked(juliet, romeo, chat);
      expectMasked(romeo, juliet, chat);
    });

    it('row 86: a chat that is there is named by the conflict; who did not want to come is invited again', async () => {
      const { juliet, romeo, group, hers, his } = await ball();
      const { chat } = await juliet.privateChat(group, his.id);
      await juliet.join(chat);
      await romeo.invited(chat);
      await romeo.decline(chat);
      await world.component.restart();
      expect(await juliet.privateChat(group, his.id)).toEqual({ chat, isNew: false });
      await romeo.invited(chat);
      await romeo.join(chat);
      for (const [asker, other] of [
        [juliet, his],
        [romeo, hers],
      ] as const) {
        expect(await asker.privateChat(group, other.id)).toEqual({ chat, isNew: false });
      }
    });

    it('row 87: a private chat ends for both when one leaves, and can be begun again', async () => {
      const { juliet, romeo, group, hers, chat } = await tete();
      await world.component.restart();
      const heard = juliet.hears(chat, 'Farewell');
      await romeo.post(chat, 'Farewell');
      await heard;
      const dismissed = juliet.dismissed(chat);
      await romeo.leave(chat);
      await dismissed;
      await expect(juliet.members(chat)).rejects.toMatchObject({ condition: 'item-not-found' });
      const again = await romeo.privateChat(group, hers.id);
      expect(again.isNew).toBe(true);
      await romeo.join(again.chat);
      await juliet.join(again.chat);
      const texts = (await juliet.history(again.chat)).items.map(({ message }) => message.text);
      expect(texts).not.toContain('Farewell');
    });

    it('row 87: private chats end with their group, also after a restart', async () => {
      const { juliet, romeo, group, chat } = await tete();
      await world.component.restart();
      const gone = Promise.all([juliet.dismissed(chat), romeo.dismissed(chat)]);
      await juliet.client.iq(world.groups, 'set', removal.build({ text: localpartOf(group) ?? '' }));
      await gone;
      await expect(romeo.members(chat)).rejects.toMatchObject({ condition: 'item-not-found' });
    });

    it('who may not have one is told why (error row 6)', async () => {
      const { juliet, romeo, group, hers, his, chat } = await tete();
      const refused = { condition: 'not-allowed', code: 405 };
      await expect(juliet.privateChat(group, hers.id)).rejects.toMatchObject(refused);
      await expect(juliet.privateChat(group, 'nobody0000000000')).rejects.toMatchObject({
        condition: 'item-not-found',
        code: 404,
      });
      const stranger = await (await world.person('paris')).device();
      await expect(stranger.privateChat(group, his.id)).rejects.toMatchObject(refused);
      const [inside] = (await romeo.members(chat)).users;
      await expect(romeo.privateChat(chat, inside?.id ?? '')).rejects.toMatchObject(refused);
      const open = await juliet.create(world.groups, { name: 'Verona' });
      await romeo.join(open);
      await expect(juliet.privateChat(open, (await cardOf(romeo, open)).id)).rejects.toMatchObject(refused);
    });
  });
}
