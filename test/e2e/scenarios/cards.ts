import { createHash } from 'node:crypto';
import { pick } from '@xmpp-groups/core/codec';
import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import { presence } from '@xmpp-groups/core/stanza';
import { caps, discoInfo, verificationText } from '@xmpp-groups/core/xep';
import { NS, type XmlElement } from '@xmpp-groups/core/xml';
import { type GroupUser, payloadOf, pictureOf } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

const cardOf = async (asker: GroupUser, group: BareJid, id = '') =>
  (await asker.members(group, { id })).users[0];

const idOf = async (member: GroupUser, group: BareJid): Promise<string> =>
  (await cardOf(member, group))?.id ?? '';

const capsIn = (group: BareJid) => (stanza: XmlElement) => {
  const read = presence.is(stanza) ? presence.parse(stanza) : undefined;
  if (!read?.ok || bareOf(read.value.from) !== group || read.value.type !== undefined) return undefined;
  const found = pick(caps, read.value.payload);
  return found?.ok ? found.value : undefined;
};

/** Reference 8 and 11.6. */
export function cards(world: World): void {
  /** A group of Juliet's with Romeo in it. */
  const pair = async (options: Parameters<GroupUser['create']>[1] = { name: 'Verona' }) => {
    const owner = await (await world.person('juliet')).device();
    const member = await (await world.person('romeo')).device();
    const group = await owner.create(world.groups, options);
    await member.join(group);
    return { owner, member, group, id: await idOf(member, group) };
  };

  describe('cards', () => {
    it('row 48, row 50: the list of members by version, one member, the own card', async () => {
      const { owner, member, group, id } = await pair();
      const { users, version = 0 } = await owner.members(group);
      expect(users).toHaveLength(2);
      expect((await owner.members(group, { version })).users).toEqual([]);
      await member.rename(group, { nickname: 'Montague' });
      await owner.told(group, 'update');
      expect((await owner.members(group, { version })).users).toMatchObject([{ id, nickname: 'Montague' }]);
      expect(await cardOf(owner, group, id)).toMatchObject({ id, jid: member.client.bare, role: 'member' });
      expect(await cardOf(member, group)).toMatchObject({ id });
      expect(await cardOf(member, group, 'nobody0000000000').catch(String)).toContain('no list of members');
      const stranger = await (await world.person('paris')).device();
      await expect(stranger.members(group)).rejects.toMatchObject({ condition: 'not-allowed', code: 405 });
    });

    it('row 49: the list of members in pages', async () => {
      const { owner, member, group } = await pair();
      await owner.rename(group, { nickname: 'B' });
      await member.rename(group, { nickname: 'A' });
      const first = await owner.members(group, { rsm: { max: 1 } });
      expect([first.users.map(({ nickname }) => nickname), first.rsm?.count]).toEqual([['A'], 2]);
      const second = await owner.members(group, { rsm: { max: 1, after: first.rsm?.last } });
      expect(second.users.map(({ nickname }) => nickname)).toEqual(['B']);
    });

    it('row 51: a member changes his nickname, and all are told', async () => {
      const { owner, member, group } = await pair();
      await member.rename(group, { nickname: 'Montague' });
      const told = await owner.told(group, 'update');
      expect([told.body, told.card?.nickname]).toEqual([
        `${member.client.bare} is now known as Montague`,
        'Montague',
      ]);
      expect((await member.post(group, 'Hello')).body).toBe('Montague:\nHello');
      await expect(owner.rename(group, { nickname: 'Montague' })).rejects.toMatchObject({
        condition: 'not-allowed',
        code: 405,
        text: 'Duplicated combination of nickname and badge is not allowed',
      });
      await expect(member.rename(group, {})).rejects.toMatchObject({ condition: 'bad-request' });
      await expect(owner.rename(group, { id: 'nobody', nickname: 'X' })).rejects.toMatchObject({
        condition: 'item-not-found',
      });
    });

    it('row 52: badges are given by those who may', async () => {
      const { owner, member, group, id } = await pair();
      await owner.rename(group, { id, nickname: 'Montague', badge: 'poet' });
      const told = await member.told(group, 'update');
      expect(told.body).toBe(
        `${member.client.bare} nickname was changed to Montague and badge was changed by ${owner.client.bare}`,
      );
      expect(await cardOf(member, group)).toMatchObject({ nickname: 'Montague', badge: 'poet' });
      await expect(member.rename(group, { badge: 'king' })).rejects.toMatchObject({
        condition: 'not-allowed',
        code: 405,
      });
      await expect(
        member.rename(group, { id: await idOf(owner, group), nickname: 'X' }),
      ).rejects.toMatchObject({
        condition: 'not-allowed',
      });
    });

    it('row 53, row 54: an avatar is published, announced, read, served at its address, and taken away', async () => {
      const { owner, member, group, id } = await pair();
      const picture = pictureOf(`a rose of ${id}`);
      await member.publishAvatar(group, '', picture);
      expect((await owner.told(group, 'update')).body).toBe(`${member.client.bare} updated avatar`);
      const event = await owner.avatarEvent(group);
      expect(event).toMatchObject({ from: `${group}/Group`, owner: id, info: { id: picture.textSha1 } });
      expect(await owner.image(group, id, picture.textSha1)).toBe(picture.base64);
      const [info] = (await cardOf(owner, group, id))?.avatar?.infos ?? [];
      expect(info).toMatchObject({ id: picture.textSha1, bytes: picture.bytes.length, type: 'image/png' });
      expect(info?.url).toBe(event.info?.url);
      const served = await fetch(info?.url ?? '');
      expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/png']);
      expect(Buffer.from(await served.arrayBuffer())).toEqual(picture.bytes);

      await member.removeAvatar(group, '');
      expect(await owner.avatarEvent(group)).toMatchObject({ owner: id, info: undefined });
      await expect(member.publishAvatar(group, await idOf(owner, group), picture)).rejects.toMatchObject({
        condition: 'not-allowed',
        code: 405,
      });
      await expect(owner.image(group, id, 'f00d')).rejects.toMatchObject({ condition: 'item-not-found' });
      await member.leave(group);
      expect(await owner.image(group, id, picture.textSha1)).toBe(picture.base64);
      expect((await fetch(info?.url ?? '', { method: 'HEAD' })).status).toBe(200);
    });

    it('row 55: the avatar of the own account is taken over, when he joins and when it changes', async () => {
      const romeo = await (await world.person('romeo')).device();
      const [first, second] = [
        pictureOf(`one of ${romeo.client.bare}`),
        pictureOf(`two of ${romeo.client.bare}`),
      ];
      await romeo.publishOwnAvatar(first);
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      await romeo.join(group);
      const id = await idOf(romeo, group);
      const taken = await juliet.avatarEvent(
        group,
        ({ owner, info }) => owner === id && info?.id === first.sha1,
      );
      expect(taken.info).toMatchObject({ bytes: first.bytes.length, type: 'image/png' });
      expect(await juliet.image(group, id, first.sha1)).toBe(first.base64);

      await romeo.publishOwnAvatar(second);
      await juliet.avatarEvent(group, ({ owner, info }) => owner === id && info?.id === second.sha1);
      expect(await juliet.image(group, id, first.sha1)).toBe(first.base64);
      expect((await cardOf(juliet, group, id))?.avatar?.infos[0]?.id).toBe(second.sha1);

      const own = pictureOf(`three of ${romeo.client.bare}`);
      await romeo.publishAvatar(group, '', own);
      await romeo.publishOwnAvatar(first);
      await juliet.avatarEvent(group, ({ info }) => info?.id === own.textSha1);
      await juliet.post(group, 'What a face');
      expect((await cardOf(juliet, group, id))?.avatar?.infos[0]?.id).toBe(own.textSha1);
    });

    it('row 55: an avatar that its owner takes away from his account goes from the group too', async () => {
      const romeo = await (await world.person('romeo')).device();
      const picture = pictureOf(`four of ${romeo.client.bare}`);
      await romeo.publishOwnAvatar(picture);
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      await romeo.join(group);
      await juliet.avatarEvent(group, ({ info }) => info?.id === picture.sha1);
      await romeo.publishOwnAvatar(undefined);
      await juliet.avatarEvent(group, ({ info }) => info === undefined);
    });

    it('row 55, row 56: nickname and photo come from the vCard, and stay away when somebody chose others', async () => {
      const photo = pictureOf('a photo');
      const person = await world.person('nurse', {
        nickname: 'Nurse',
        photo: { mediaType: 'image/png', base64: photo.base64 },
      });
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const nurse = await person.device();
      await nurse.join(group);
      await expect
        .poll(async () => cardOf(nurse, group))
        .toMatchObject({
          nickname: 'Nurse',
          avatar: { infos: [{ id: photo.sha1, bytes: photo.bytes.length }] },
        });
      const id = await idOf(nurse, group);
      expect(await juliet.image(group, id, photo.sha1)).toBe(photo.base64);
      await nurse.rename(group, { nickname: 'Angelica' });
      await nurse.leave(group);
      await nurse.join(group);
      expect(await cardOf(nurse, group)).toMatchObject({ id, nickname: 'Angelica' });
    });

    it('row 55, row 56: nothing is taken over in an incognito group, but avatars may be chosen', async () => {
      const photo = pictureOf('a photo');
      const person = await world.person('nurse', {
        nickname: 'Nurse',
        photo: { mediaType: 'image/png', base64: photo.base64 },
      });
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Ball', privacy: 'incognito' });
      const nurse = await person.device();
      await nurse.join(group);
      await nurse.post(group, 'Who am I?');
      const card = await cardOf(juliet, group, await idOf(nurse, group));
      expect([card?.nickname, card?.avatar?.infos]).toEqual([expect.stringMatching(/ \d+$/), []]);
      const mask = pictureOf('a mask');
      await nurse.publishAvatar(group, '', mask);
      expect((await juliet.avatarEvent(group)).info?.id).toBe(mask.textSha1);
    });

    it('row 72: the group has an avatar, and every device that comes online hears of it', async () => {
      const { owner, member, group } = await pair();
      const picture = pictureOf(`the square ${group}`);
      await expect(member.publishAvatar(group, undefined, picture)).rejects.toMatchObject({
        condition: 'not-allowed',
        code: 405,
      });
      await owner.publishAvatar(group, undefined, picture);
      expect((await member.told(group, 'update')).body).toBe(`${owner.client.bare} changed group avatar`);
      expect(await member.avatarEvent(group)).toMatchObject({
        from: `${group}/Group`,
        owner: undefined,
        info: { id: picture.textSha1 },
      });
      await member.client.sendPresence();
      expect((await member.avatarEvent(group)).from).toBe(group);
      const stranger = await (await world.person('paris')).device();
      expect(await stranger.image(group, undefined, picture.textSha1)).toBe(picture.base64);
    });

    it('row 6: the presence of a group names its capabilities, with the hash of what it answers', async () => {
      const { member, group } = await pair({ name: "R&J's <square>", description: 'Where families fight' });
      await member.client.sendPresence();
      const stanza = await member.client.expect((candidate) => capsIn(group)(candidate) !== undefined);
      const shown = capsIn(group)(stanza);
      const node = `${shown?.node}#${shown?.ver}`;
      const question = discoInfo.build({ node, identities: [], features: [], forms: [] });
      const answer = pick(discoInfo, payloadOf(await member.client.iq(group, 'get', question)));
      if (!answer?.ok) throw new Error('no disco#info in the answer');
      expect(createHash('sha1').update(verificationText(answer.value)).digest('base64')).toBe(shown?.ver);
      expect(answer.value.features.map((feature) => feature.var)).toContain(`${NS.avatarMetadata}+notify`);
    });
  });
}
