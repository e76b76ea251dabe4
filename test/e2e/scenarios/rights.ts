import { pick } from '@xmpp-groups/core/codec';
import type { BareJid } from '@xmpp-groups/core/jid';
import { iq } from '@xmpp-groups/core/stanza';
import {
  defaultPermissions,
  defaultRights,
  PERMISSIONS,
  RESTRICTIONS,
  rights as rightsQuery,
  update,
} from '@xmpp-groups/core/xabber';
import { type Form, firstValueOf, formField, formOf, outOfBand, valuesOf } from '@xmpp-groups/core/xep';
import { NS, serialise } from '@xmpp-groups/core/xml';
import type { GroupUser } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

/** Whether a form holds a right, by how clients look for it: a value of its field. */
const holds = (form: Form, right: string): boolean => (valuesOf(form, right) ?? []).length > 0;

const idOf = async (user: GroupUser, group: BareJid): Promise<string> =>
  (await user.members(group, { id: '' })).users[0]?.id ?? '';

/** The role that a member has in the member list of `reader`. */
const roleOf = async (reader: GroupUser, group: BareJid, id: string): Promise<string | undefined> =>
  (await reader.members(group, { id })).users[0]?.role;

const image = outOfBand.build({ url: 'https://example.com/cat.png' });

const transferTo = (owner: string) => update.build({ owner });

/** Reference 9 and 16.2; rows 57 to 63, 91 and 92 of its section 19. */
export function rights(world: World): void {
  const cast = async (options = {}) => {
    const juliet = await (await world.person('juliet')).device();
    const group = await juliet.create(world.groups, { name: 'Verona', ...options });
    const romeo = await (await world.person('romeo')).device();
    await romeo.join(group);
    await juliet.told(group, 'join');
    return { juliet, romeo, group, romeoId: await idOf(romeo, group), julietId: await idOf(juliet, group) };
  };

  describe('rights', () => {
    it('row 57, row 58: own rights, and the list of all that there are', async () => {
      const { juliet, romeo, group } = await cast();
      const own = await juliet.rights(group);
      expect(['owner', 'change-group'].map((right) => [right, firstValueOf(own, right)])).toEqual([
        ['owner', '0'],
        ['change-group', '0'],
      ]);
      expect(holds(await romeo.rights(group), 'owner')).toBe(false);
      const question = rightsQuery.build({ permissions: [], restrictions: [] });
      const answer = iq.parse(await romeo.client.iq(group, 'get', question));
      const all = answer.ok ? pick(rightsQuery, answer.value.payload) : undefined;
      expect(all).toMatchObject({ ok: true, value: { permissions: PERMISSIONS.map((name) => ({ name })) } });
      expect(all).toMatchObject({ value: { restrictions: RESTRICTIONS.map((name) => ({ name })) } });
    });

    it('row 59: a member is made an admin, restricts others below him, and no others (T15, error row 38)', async () => {
      const { juliet, romeo, group, romeoId, julietId } = await cast();
      const nurse = await (await world.person('nurse')).device();
      await nurse.join(group);
      const nurseId = await idOf(nurse, group);
      const promoted = nurse.told(group, 'update');
      const answer = await juliet.setRights(group, romeoId, { 'set-permissions': '0', 'send-voice': '' });
      expect(answer.type).toBe('result');
      expect(holds(answer, 'set-permissions')).toBe(true);
      expect((await promoted).text).toContain('was promoted to admin by');
      expect(await roleOf(nurse, group, romeoId)).toBe('admin');

      const form = await romeo.rights(group, nurseId);
      expect([valuesOf(form, 'change-users'), valuesOf(form, 'change-group')]).toEqual([[], undefined]);
      await romeo.setRights(group, nurseId, { 'send-messages': '300' });
      await nurse.client.expect((stanza) => stanza.name === 'message' && stanza.attrs.type === 'chat');
      await nurse.send(group, 'may I?');
      const error = await nurse.client.expect(({ attrs }) => attrs.type === 'error');
      expect(serialise(error)).toContain('not-allowed');
      // xabber-web sends everything back, with the moment when it ends (trap T15).
      const ends = firstValueOf(await romeo.rights(group, nurseId), 'send-messages') ?? '';
      await romeo.setRights(group, nurseId, { 'send-messages': ends, 'change-users': '3600' });

      const refused = (of: string, right: string) => romeo.setRights(group, of, { [right]: '0' });
      await expect(refused(nurseId, 'send-voice')).rejects.toMatchObject({
        condition: 'not-allowed',
        code: 405,
      });
      await expect(refused(julietId, 'send-voice')).rejects.toMatchObject({ condition: 'not-allowed' });
      await expect(refused(romeoId, 'send-voice')).rejects.toMatchObject({ condition: 'not-allowed' });
      await expect(refused('nobody', 'send-voice')).rejects.toMatchObject({
        condition: 'item-not-found',
        code: 404,
      });
      await expect(juliet.setRights(group, romeoId, { fly: '0' })).rejects.toMatchObject({
        condition: 'bad-request',
        code: 400,
      });
    });

    it('row 60: the permissions of Xabber for iOS are the same rights', async () => {
      const { juliet, romeo, group, romeoId } = await cast();
      await juliet.setPermissions(group, romeoId, [
        { name: 'send-media', status: false },
        { name: 'block-users', status: true, seconds: 3600 },
      ]);
      expect(await romeo.permissions(group)).toContainEqual(
        expect.objectContaining({ name: 'send-media', status: false, fixed: true }),
      );
      const form = await juliet.rights(group, romeoId);
      expect(
        ['send-images', 'send-stickers', 'set-restrictions', 'send-messages'].map((r) => holds(form, r)),
      ).toEqual([true, true, true, false]);
      await expect(
        juliet.setPermissions(group, romeoId, [{ name: 'fly', status: true }]),
      ).rejects.toMatchObject({
        condition: 'bad-request',
      });
    });

    it('row 61, row 62: newcomers are restricted, by the form and by the defaults', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const field = formField({ var: 'send-invitations', values: ['3600'] });
      await juliet.client.iq(
        group,
        'set',
        defaultRights.build({ form: formOf('submit', NS.groups, [field]) }),
      );
      await juliet.client.iq(
        group,
        'set',
        defaultPermissions.build({ permissions: { permissions: [{ name: 'send-media', status: false }] } }),
      );
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      const own = await romeo.rights(group);
      expect(['send-invitations', 'send-images', 'send-messages'].map((right) => holds(own, right))).toEqual([
        true,
        true,
        false,
      ]);
      await romeo.send(group, 'https://example.com/cat.png', [image]);
      const error = await romeo.client.expect(({ attrs }) => attrs.type === 'error');
      expect(serialise(error)).toContain('You have no permission to send images in this chat');
      await romeo.post(group, 'only words');
      await juliet.post(group, 'a picture', [image]);
      await expect(romeo.client.iq(group, 'get', defaultRights.build({}))).rejects.toMatchObject({
        condition: 'not-allowed',
      });
    });

    it('row 63: a right ends at its time without anybody asking', async () => {
      const { juliet, romeo, group, romeoId } = await cast();
      const restricted = romeo.told(group, 'update');
      await juliet.setPermissions(group, romeoId, [{ name: 'send-messages', status: false, seconds: 2 }]);
      await restricted;
      const over = await romeo.told(group, 'update');
      expect(over.text).toContain('is over');
      await romeo.post(group, 'at last');
      const version = (await romeo.members(group, { version: 0 })).version;
      expect(serialise(over.element)).toMatch(new RegExp(` version=['"]${version}['"]`));
    });

    it('row 63: and when it was over while the component was down, at the next start', async () => {
      const { juliet, romeo, group, romeoId } = await cast();
      const restricted = romeo.told(group, 'update');
      await juliet.setPermissions(group, romeoId, [{ name: 'send-messages', status: false, seconds: 5 }]);
      await restricted;
      const ends =
        (await romeo.permissions(group)).find(({ name }) => name === 'send-messages')?.expires ?? 0;
      await world.component.kill9();
      await expect.poll(() => Date.now() > ends * 1000, { timeout: 10_000 }).toBe(true);
      await world.component.restart();
      expect((await romeo.told(group, 'update')).text).toContain('is over');
    });

    it('row 91: ownership is handed over', async () => {
      const { juliet, romeo, group, romeoId, julietId } = await cast();
      await expect(romeo.client.iq(group, 'set', transferTo(romeo.client.bare))).rejects.toMatchObject({
        condition: 'not-allowed',
      });
      await juliet.client.iq(group, 'set', transferTo(romeo.client.bare));
      expect(await roleOf(juliet, group, romeoId)).toBe('owner');
      expect(await roleOf(juliet, group, julietId)).toBe('admin');
    });

    it('row 92: a second owner is made, and cannot be unmade by the first', async () => {
      const { juliet, romeo, group, romeoId } = await cast();
      await juliet.setRights(group, romeoId, { owner: '0' });
      expect(firstValueOf(await romeo.rights(group), 'owner')).toBe('0');
      await expect(juliet.setRights(group, romeoId, { owner: '' })).rejects.toMatchObject({
        condition: 'not-allowed',
      });
    });

    it('when the last owner leaves, a member takes his place; with the last member the group ends (T27, error row 10)', async () => {
      const { juliet, romeo, group } = await cast();
      const promoted = romeo.told(group, 'update');
      await juliet.leave(group);
      expect((await promoted).text).toBe(`${romeo.client.bare} was promoted to owner`);
      expect(firstValueOf(await romeo.rights(group), 'owner')).toBe('0');
      await romeo.leave(group);
      await expect(romeo.history(group)).rejects.toMatchObject({ condition: 'item-not-found' });
    });

    it('who may not read gets neither copies nor history', async () => {
      const { juliet, romeo, group, romeoId } = await cast();
      await juliet.setRights(group, romeoId, { 'read-messages': '0' });
      romeo.client.mark();
      await juliet.post(group, 'a secret');
      await expect(romeo.history(group)).rejects.toMatchObject({ condition: 'not-allowed' });
      await romeo.client.none((stanza) => serialise(stanza).includes('a secret'), world.daemon);
    });
  });
}
