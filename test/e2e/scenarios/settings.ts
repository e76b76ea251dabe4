import { bareOf } from '@xmpp-groups/core/jid';
import { message, presence } from '@xmpp-groups/core/stanza';
import { firstValueOf, valuesOf } from '@xmpp-groups/core/xep';
import { serialise, type XmlElement } from '@xmpp-groups/core/xml';
import { type GroupUser, groupSettings } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

/** Juliet with a group of hers, and Romeo in it. */
async function verona(world: World, options: Parameters<GroupUser['create']>[1] = { name: 'Verona' }) {
  const juliet = await (await world.person('juliet', { nickname: 'Juliet' })).device();
  const group = await juliet.create(world.groups, options);
  const romeo = await (await world.person('romeo')).device();
  await romeo.join(group);
  await juliet.told(group, 'join');
  return { juliet, romeo, group };
}

const presenceFrom = (group: string, type: string) => (stanza: XmlElement) => {
  const read = presence.is(stanza) ? presence.parse(stanza) : undefined;
  return read?.ok === true && bareOf(read.value.from) === group && read.value.type === type;
};

const refusedMessage = (group: string) => (stanza: XmlElement) => {
  const read = message.is(stanza) ? message.parse(stanza) : undefined;
  return read?.ok === true && bareOf(read.value.from) === group && read.value.type === 'error';
};

/** Reference 5.5, 11.1 to 11.5; rows 31, 32 and 68 to 71 of its section 19. */
export function settings(world: World): void {
  describe('settings', () => {
    it('rows 46, 68: the properties form is read, filled in, and what it changes reaches everybody', async () => {
      const { juliet, romeo, group } = await verona(world);
      const form = await groupSettings(juliet.client).properties(group);
      expect([firstValueOf(form, 'name'), firstValueOf(form, 'membership')]).toEqual(['Verona', 'open']);
      const told = Promise.all([
        romeo.told(group, 'update'),
        romeo.sees(group, ({ name }) => name === 'Mantua'),
      ]);
      const result = await groupSettings(juliet.client).setProperties(group, {
        name: 'Mantua',
        description: ['Far away', 'from home'],
        index: 'none',
        membership: 'member-only',
        contacts: 'friar@localhost',
        domains: ['localhost', 'example.org'],
      });
      expect(result.type).toBe('result');
      expect(valuesOf(result, 'domains')).toEqual(['example.org', 'localhost']);
      const [update, info] = await told;
      expect(update.body).toMatch(/ updated group properties$/);
      expect(update.card?.jid).toBe(juliet.client.bare);
      expect(info).toMatchObject({
        description: 'Far away\nfrom home',
        index: 'none',
        membership: 'member-only',
      });
      const { items } = await romeo.history(group, {}, { before: '', max: 1 });
      expect(items[0]?.message.body).toBe(update.body);
      const { properties, setProperties } = groupSettings(romeo.client);
      await expect(properties(group)).rejects.toMatchObject({ condition: 'not-allowed', code: 405 });
      await expect(setProperties(group, { name: 'Padua' })).rejects.toMatchObject({
        condition: 'not-allowed',
        code: 405,
      });
      await expect(
        groupSettings(juliet.client).setProperties(group, { index: 'galactic' }),
      ).rejects.toMatchObject({ condition: 'bad-request', code: 400 });
    });

    it('row 69: #info tells what the group is, of a member-only group to its members', async () => {
      const { romeo, group, juliet } = await verona(world, { name: 'Verona', description: 'Here' });
      const paris = await (await world.person('paris')).device();
      expect(await groupSettings(paris.client).info(group)).toEqual(
        expect.objectContaining({ members: 2, name: 'Verona', description: 'Here', privacy: 'public' }),
      );
      await groupSettings(juliet.client).setProperties(group, { membership: 'member-only' });
      expect(await groupSettings(romeo.client).info(group)).toMatchObject({ membership: 'member-only' });
      await expect(groupSettings(paris.client).info(group)).rejects.toMatchObject({
        condition: 'not-allowed',
      });
    });

    it('row 70: a message of the archive is pinned and unpinned, over a restart too', async () => {
      const { juliet, romeo, group } = await verona(world);
      const { stanzaId = '' } = await juliet.post(group, 'Read this');
      await romeo.hears(group, 'Read this');
      const seen = Promise.all([
        romeo.told(group, 'update'),
        romeo.sees(group, ({ pinned }) => String(pinned) === stanzaId),
      ]);
      await groupSettings(juliet.client).pin(group, stanzaId);
      expect((await seen)[0].body).toMatch(/ pinned a message$/);
      await expect(groupSettings(juliet.client).pin(group, '1618495545123456')).rejects.toMatchObject({
        condition: 'item-not-found',
        code: 404,
      });
      await expect(groupSettings(romeo.client).pin(group, '')).rejects.toMatchObject({
        condition: 'not-allowed',
        code: 405,
      });
      await world.component.restart();
      await groupSettings(romeo.client).opens(group);
      expect(String((await romeo.sees(group)).pinned)).toBe(stanzaId);
      await groupSettings(juliet.client).pin(group, '');
      await romeo.sees(group, ({ pinned }) => pinned === 0);
    });

    it('row 31: the status form is for who may change it to fill in, for others to read', async () => {
      const { juliet, romeo, group } = await verona(world);
      const shown = await groupSettings(romeo.client).status(group);
      expect(shown.fields.find((field) => field.var === 'status')?.type).toBe('fixed');
      const told = Promise.all([
        romeo.told(group, 'update'),
        romeo.client.expect((stanza) => presence.is(stanza) && serialise(stanza).includes('Fiesta')),
      ]);
      const form = await groupSettings(juliet.client).setStatus(group, 'fiesta');
      expect(firstValueOf(form, 'status')).toBe('fiesta');
      expect((await told)[0].body).toMatch(/ changed group status to Fiesta$/);
      for (const wanted of ['fiesta', 'asleep']) {
        await expect(groupSettings(juliet.client).setStatus(group, wanted)).rejects.toMatchObject({
          condition: 'bad-request',
          code: 400,
        });
      }
      await expect(groupSettings(romeo.client).setStatus(group, 'limited')).rejects.toMatchObject({
        condition: 'not-allowed',
      });
    });

    it('row 32: an inactive group is silent until it has another status', async () => {
      const { juliet, romeo, group } = await verona(world);
      const { setStatus, setProperties } = groupSettings(juliet.client);
      const gone = romeo.client.expect(presenceFrom(group, 'unavailable'), {
        description: 'an inactive group',
      });
      await setStatus(group, 'inactive');
      await gone;
      await romeo.send(group, 'Anybody here?');
      await romeo.client.expect(refusedMessage(group), { description: 'a refused message' });
      await expect(setProperties(group, { name: 'Mantua' })).rejects.toMatchObject({
        condition: 'not-allowed',
        code: 405,
      });
      await juliet.client.none((stanza) => serialise(stanza).includes('Anybody here?'), world.daemon);
      await world.component.restart();
      expect(firstValueOf(await groupSettings(romeo.client).status(group), 'status')).toBe('inactive');
      const back = romeo.sees(group);
      await setStatus(group, 'discussion');
      await back;
      await romeo.post(group, 'Hello again');
      expect((await juliet.hears(group, 'Hello again')).text).toBe('Hello again');
    });

    it('row 71: a deleted group leaves the rosters of all, and its name is free again', async () => {
      const { juliet, romeo, group } = await verona(world);
      await expect(groupSettings(romeo.client).remove(group)).rejects.toMatchObject({
        condition: 'not-allowed',
        code: 405,
      });
      const gone = Promise.all(
        [juliet, romeo].map(({ client }) => client.expect(presenceFrom(group, 'unavailable'))),
      );
      await groupSettings(juliet.client).remove(group);
      await gone;
      for (const { client } of [juliet, romeo]) {
        await expect
          .poll(async () => (await client.roster.get()).map(({ subscription }) => subscription))
          .toEqual(['none']);
      }
      for (const ask of [romeo.members, romeo.history, groupSettings(juliet.client).info]) {
        await expect(ask(group)).rejects.toMatchObject({ condition: 'item-not-found', code: 404 });
      }
      await romeo.client.roster.remove(group);
      const [localpart] = group.split('@');
      expect(await romeo.create(world.groups, { localpart, name: 'Verona, the second' })).toBe(group);
      const { users } = await romeo.members(group);
      expect(users).toMatchObject([{ jid: romeo.client.bare, role: 'owner' }]);
      expect((await romeo.history(group)).items.map(({ message: { system } }) => system)).toEqual(['create']);
    });
  });
}
