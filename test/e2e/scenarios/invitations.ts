import { bareOf } from '@xmpp-groups/core/jid';
import { message } from '@xmpp-groups/core/stanza';
import { invitation } from '@xmpp-groups/core/xabber';
import { NS, serialise, xml } from '@xmpp-groups/core/xml';
import { type GroupUser, plainText } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';
import { turnedAway } from './turned-away.js';

const CLOSED = {
  name: 'Verona Square',
  description: 'Where families fight',
  membership: 'member-only',
} as const;

/** Reference 4. */
export function invitations(world: World): void {
  const people = (...names: readonly string[]): Promise<GroupUser[]> =>
    Promise.all(names.map(async (name) => (await world.person(name)).device()));

  describe('invitations', () => {
    it('row 19, row 21: the group tells the invited person, who is away, all about itself', async () => {
      const juliet = await (await world.person('juliet', { nickname: 'Juliet' })).device();
      const group = await juliet.create(world.groups, CLOSED);
      const romeo = await world.person('romeo', { nickname: 'Romeo' });
      await expect
        .poll(async () => (await juliet.members(group)).users.map(({ nickname }) => nickname))
        .toEqual(['Juliet']);
      await juliet.invite(group, romeo.bare, { send: true, reason: 'Come to the square' });

      const device = await romeo.device();
      const invited = await device.invited(group);
      expect(invited).toMatchObject({
        by: { jid: juliet.client.bare, nickname: 'Juliet' },
        reason: 'Come to the square',
        info: { ...CLOSED, privacy: 'public', index: 'local', members: 1 },
      });
      const envelope = message.parse(invited.element);
      expect(envelope.ok && [bareOf(envelope.value.from), envelope.value.type]).toEqual([group, 'chat']);
      expect(plainText(invited.element)).toContain(`Add ${group} to the contacts to join a group chat`);
      const { users } = await device.members(group);
      expect(users.map(({ nickname }) => nickname)).toEqual(['Juliet']);
      await device.join(group);
      expect((await juliet.members(group)).users.map(({ jid }) => jid).sort()).toEqual(
        [juliet.client.bare, romeo.bare].sort(),
      );
    });

    it('row 20: the inviter writes himself, and the group lets his guest in', async () => {
      const [juliet, romeo] = await people('juliet', 'romeo');
      if (!juliet || !romeo) throw new Error('two people were asked for');
      const group = await juliet.create(world.groups, CLOSED);
      await juliet.invite(group, romeo.client.bare);
      await juliet.client.send(
        xml('message', { to: romeo.client.bare, type: 'chat', id: 'by-myself' }, [
          invitation.build({ jid: group, reason: 'Come' }),
          xml('body', {}, [`Add ${group} to the contacts to join a group chat`]),
        ]),
      );
      expect(await romeo.invited(group)).toMatchObject({ by: undefined, reason: 'Come' });
      await romeo.join(group);
      expect((await romeo.members(group)).users).toHaveLength(2);
    });

    it('row 22: an invitation is declined, and may be made again', async () => {
      const [juliet, romeo] = await people('juliet', 'romeo');
      if (!juliet || !romeo) throw new Error('two people were asked for');
      const group = await juliet.create(world.groups, CLOSED);
      await expect(romeo.decline(group)).rejects.toMatchObject({ condition: 'item-not-found', code: 404 });
      await juliet.invite(group, romeo.client.bare, { send: true });
      await romeo.invited(group);
      await romeo.decline(group);
      await expect(romeo.decline(group)).rejects.toMatchObject({ condition: 'item-not-found', code: 404 });
      expect(await juliet.invitations(group)).toEqual([]);
      await turnedAway(romeo, group);
      await juliet.invite(group, romeo.client.bare, { send: true });
      await romeo.invited(group);
    });

    it('row 23: everybody sees his own invitations, the owner all, also after a restart', async () => {
      const [juliet, romeo] = await people('juliet', 'romeo');
      if (!juliet || !romeo) throw new Error('two people were asked for');
      const group = await juliet.create(world.groups, { name: 'Verona' });
      await romeo.join(group);
      await juliet.invite(group, 'paris@example.net');
      await romeo.invite(group, 'nurse@example.org');
      await world.component.restart();
      expect(await romeo.invitations(group)).toEqual(['nurse@example.org']);
      expect([...(await juliet.invitations(group))].sort()).toEqual([
        'nurse@example.org',
        'paris@example.net',
      ]);
      const [stranger] = await people('stranger');
      await expect(stranger?.invitations(group)).rejects.toMatchObject({ condition: 'not-allowed' });
    });

    it('row 24: an invitation is revoked, by who may', async () => {
      const [juliet, romeo, paris] = await people('juliet', 'romeo', 'paris');
      if (!juliet || !romeo || !paris) throw new Error('three people were asked for');
      const group = await juliet.create(world.groups, CLOSED);
      await juliet.invite(group, romeo.client.bare);
      await romeo.join(group);
      await juliet.invite(group, paris.client.bare);
      await expect(romeo.revoke(group, paris.client.bare)).rejects.toMatchObject({
        condition: 'item-not-found',
        code: 404,
      });
      await romeo.invite(group, 'nurse@example.org');
      await juliet.revoke(group, paris.client.bare, 'nurse@example.org');
      expect(await juliet.invitations(group)).toEqual([]);
      await turnedAway(paris, group);
      await expect(juliet.revoke(group)).rejects.toMatchObject({ condition: 'bad-request', code: 400 });
    });

    it('who may not invite, and who cannot be invited, is told so (error rows 3, 12, 13)', async () => {
      const [juliet, romeo, paris] = await people('juliet', 'romeo', 'paris');
      if (!juliet || !romeo || !paris) throw new Error('three people were asked for');
      const group = await juliet.create(world.groups, { name: 'Verona' });
      await romeo.join(group);
      await expect(paris.invite(group, 'nurse@example.org')).rejects.toMatchObject({
        condition: 'not-allowed',
        code: 405,
      });
      await expect(juliet.invite(group, romeo.client.bare)).rejects.toMatchObject({
        condition: 'conflict',
        code: 409,
      });
      await juliet.block(group, { jids: [paris.client.bare] });
      await expect(romeo.invite(group, paris.client.bare)).rejects.toMatchObject({
        condition: 'not-allowed',
        code: 405,
        text: `User ${paris.client.bare} is in ban list`,
      });
    });

    it('an invitation to an incognito group does not tell the JID of who made it', async () => {
      const [juliet, romeo] = await people('juliet', 'romeo');
      if (!juliet || !romeo) throw new Error('two people were asked for');
      const group = await juliet.create(world.groups, { name: 'Masked ball', privacy: 'incognito' });
      const own = (await juliet.members(group, { id: '' })).users[0];
      await juliet.invite(group, romeo.client.bare, { send: true, reason: 'A ball' });
      const invited = await romeo.invited(group);
      expect(invited.by).toEqual({ jid: undefined, id: own?.id, nickname: own?.nickname });
      expect(serialise(invited.element)).not.toContain(juliet.client.bare);
      await romeo.join(group);
    });

    it('a group is not invited anywhere: what looks like an invitation is not passed on', async () => {
      const [juliet, romeo] = await people('juliet', 'romeo');
      if (!juliet || !romeo) throw new Error('two people were asked for');
      const group = await juliet.create(world.groups, { name: 'Verona' });
      await romeo.join(group);
      await juliet.send(group, 'Come', [xml('invite', { xmlns: NS.groupsInvite, jid: group })]);
      await juliet.post(group, 'after it');
      const texts = (await romeo.history(group)).items.map(({ message: item }) => item.text);
      expect(texts).toContain('after it');
      expect(texts).not.toContain('Come');
    });
  });
}
