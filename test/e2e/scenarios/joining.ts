import { createHash } from 'node:crypto';
import { bareOf } from '@xmpp-groups/core/jid';
import { presence } from '@xmpp-groups/core/stanza';
import { create, systemMark } from '@xmpp-groups/core/xabber';
import { elementsOf, type XmlElement } from '@xmpp-groups/core/xml';
import { type GroupMessage, infoIn } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';
import { turnedAway } from './turned-away.js';

const presenceFrom = (group: string, type: string | undefined) => (stanza: XmlElement) => {
  const read = presence.is(stanza) ? presence.parse(stanza) : undefined;
  return read?.ok === true && bareOf(read.value.from) === group && read.value.type === type;
};

/** The version of the member list in a system message. */
const versionIn = ({ element }: GroupMessage): number => {
  const mark = elementsOf(element).find((child) => systemMark.is(child));
  return Number(mark?.attrs.version);
};

/** Reference 2 and 3; rows 7 to 18 of its section 19. */
export function joining(world: World): void {
  describe('creating, joining, leaving', () => {
    it('rows 8, 9, 11: a group is created with every option, at an address of choice if that is free (T19, error rows 4, 5)', async () => {
      const juliet = await (await world.person('juliet')).device();
      const localpart = `Verona.${juliet.client.bare.split('@')[0]}`;
      const group = await juliet.create(world.groups, {
        localpart,
        name: 'Verona Square',
        description: 'Where families fight',
        privacy: 'public',
        membership: 'open',
        index: 'global',
      });
      expect(group).toBe(`${localpart.toLowerCase()}@${world.groups}`);
      const again = create.build({ localpart, name: 'Another' });
      await expect(juliet.client.iq(world.groups, 'set', again)).rejects.toMatchObject({
        condition: 'conflict',
        code: 409,
      });
      for (const bad of [create.build({}), create.build({ localpart: 'a b', name: 'x' })]) {
        await expect(juliet.client.iq(world.groups, 'set', bad)).rejects.toMatchObject({
          condition: 'bad-request',
        });
      }
    });

    it('rows 12, 45: the owner is a member at once, and the group is in his roster', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const { users } = await juliet.members(group);
      expect(users).toMatchObject([{ jid: juliet.client.bare, role: 'owner', subscription: 'both' }]);
      expect(await juliet.members(group, { id: '' })).toMatchObject({ users: [{ id: users[0]?.id }] });
      expect(await juliet.client.roster.get()).toMatchObject([{ jid: group, subscription: 'both' }]);
      const page = await juliet.history(group);
      expect(page.items.map(({ message }) => message.system)).toEqual(['create']);
    });

    it('rows 7, 13, 18, 45, 47: joining and leaving are told, members are counted exactly in presence and member list (T5, T7)', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo', { nickname: 'Romeo' })).device();
      // Started before it happens: presence and messages may overtake each other.
      const seen = Promise.all([
        juliet.told(group, 'join'),
        juliet.sees(group, ({ members }) => members === 2),
      ]);
      const info = await romeo.join(group);
      expect(info).toMatchObject({
        members: 2,
        name: 'Verona',
        privacy: 'public',
        membership: 'open',
        index: 'local',
      });
      expect((await romeo.members(group)).users).toHaveLength(2);
      const [joined, afterJoin] = await seen;
      expect(joined.card).toMatchObject({ jid: romeo.client.bare, role: 'member' });
      expect(afterJoin.members).toBe(2);
      const [left, afterLeave] = await Promise.all([
        juliet.told(group, 'left'),
        juliet.sees(group, ({ members }) => members === 1),
        romeo.leave(group),
      ]);
      expect(left.card?.jid).toBe(romeo.client.bare);
      expect(afterLeave.members).toBe(1);
      const [before = 0, after = 0] = [joined, left].map(versionIn);
      expect([Number.isInteger(before), after > before]).toEqual([true, true]);
      const changed = await juliet.members(group, { version: 1 });
      expect(changed.users).toContainEqual(
        expect.objectContaining({ jid: romeo.client.bare, subscription: 'none' }),
      );
    });

    it('row 56: the nickname and the avatar come from the vCard of who joins', async () => {
      const juliet = await (await world.person('juliet', { nickname: 'Джульетта <3' })).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const image = Buffer.from('an image, as far as a group is concerned');
      const photo = { mediaType: 'image/jpeg', base64: image.toString('base64') };
      const romeo = await (await world.person('romeo', { nickname: 'Romeo "the" Montague', photo })).device();
      await romeo.join(group);
      const nicknames = async () => (await romeo.members(group)).users.map(({ nickname }) => nickname).sort();
      await expect.poll(nicknames).toEqual(['Romeo "the" Montague', 'Джульетта <3']);
      const own = (await romeo.members(group, { id: '' })).users[0];
      const hash = createHash('sha1').update(image).digest('hex');
      expect(own?.avatar?.infos).toMatchObject([{ id: hash, bytes: image.length, type: 'image/jpeg' }]);
      await romeo.post(group, 'with my face');
      expect((await juliet.hears(group, 'with my face')).card).toMatchObject({
        nickname: 'Romeo "the" Montague',
        avatar: { infos: [{ id: hash }] },
      });
    });

    it('row 14: a pre-approval before the request, as xabber-web sends it, does no harm', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.client.sendPresence({ to: group, type: 'subscribed' });
      await romeo.join(group);
      expect((await romeo.members(group)).users).toHaveLength(2);
    });

    it('row 13: repeating the request while a member changes nothing and heals the roster', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      await juliet.told(group, 'join');
      await romeo.client.roster.remove(group);
      await romeo.client.expect(presenceFrom(group, 'unavailable'));
      await romeo.join(group);
      expect((await romeo.members(group)).users).toHaveLength(2);
      expect(await romeo.client.roster.get()).toMatchObject([{ jid: group, subscription: 'both' }]);
    });

    it('rows 15, 16, 17: a member-only group and a group for other domains turn strangers away (error rows 8, 24, 57)', async () => {
      const juliet = await (await world.person('juliet')).device();
      for (const options of [
        { name: 'Closed', membership: 'member-only' },
        { name: 'Elsewhere', domains: { jids: ['example.org'] } },
      ] as const) {
        const group = await juliet.create(world.groups, options);
        const paris = await (await world.person('paris')).device();
        await turnedAway(paris, group);
        expect((await juliet.members(group)).users).toHaveLength(1);
        await expect(paris.members(group)).rejects.toMatchObject({ condition: 'not-allowed' });
        await expect(paris.history(group)).rejects.toMatchObject({ condition: 'not-allowed' });
      }
    });

    it('row 7: a new login learns that the contact is a group, without doing anything', async () => {
      const person = await world.person('juliet');
      const juliet = await person.device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      await juliet.client.stop();
      const tomorrow = await person.device();
      expect((await tomorrow.sees(group)).name).toBe('Verona');
    });

    it('membership survives a restart of the component', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      await world.component.restart();
      await juliet.post(group, 'still here');
      expect((await romeo.hears(group, 'still here')).text).toBe('still here');
      expect((await romeo.members(group)).users).toHaveLength(2);
    });

    it('row 18: somebody who left hears nothing more, and may come back with the same id', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      const before = (await romeo.members(group, { id: '' })).users[0]?.id;
      await romeo.leave(group);
      romeo.client.mark();
      await juliet.post(group, 'he is gone');
      await romeo.client.none(
        (stanza) => infoIn(group, stanza) !== undefined || stanza.name === 'message',
        world.daemon,
      );
      await romeo.join(group);
      expect((await romeo.members(group, { id: '' })).users[0]?.id).toBe(before);
    });
  });
}
