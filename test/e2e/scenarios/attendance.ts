import { firstValueOf, formField, formOf } from '@xmpp-groups/core/xep';
import { NS, xml } from '@xmpp-groups/core/xml';
import { type GroupUser, groupSettings, infoIn, readGroupMessage } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

async function verona(world: World) {
  const juliet = await (await world.person('juliet')).device();
  const group = await juliet.create(world.groups, { name: 'Verona' });
  const romeo = await (await world.person('romeo', { nickname: 'Romeo' })).device();
  await romeo.join(group);
  await juliet.told(group, 'join');
  return { juliet, romeo, group };
}

const present =
  (count: number) =>
  (info: { readonly present?: number | undefined }): boolean =>
    info.present === count;

/** Reference 5.1 to 5.4; rows 26 to 30 of its section 19, and the switch for updates. */
export function attendance(world: World): void {
  describe('who has the chat open', () => {
    it('row 26, row 28: by #present, told to those who have it open themselves (T21)', async () => {
      const { juliet, romeo, group } = await verona(world);
      const nurse = await (await world.person('nurse')).device();
      await nurse.join(group);
      await romeo.told(group, 'join');
      await groupSettings(juliet.client).opens(group);
      await juliet.sees(group, present(1));
      await groupSettings(romeo.client).opens(group);
      await Promise.all([juliet.sees(group, present(2)), romeo.sees(group, present(2))]);
      await groupSettings(romeo.client).closes(group);
      await juliet.sees(group, present(1));
      nurse.client.mark();
      await groupSettings(romeo.client).opens(group);
      await juliet.sees(group, present(2));
      await nurse.client.none((stanza) => infoIn(group, stanza) !== undefined, world.daemon);
    });

    it('row 27: by chat states, and by going offline (T21)', async () => {
      const { juliet, group } = await verona(world);
      const phone = await (await world.person('nurse')).device();
      await phone.join(group);
      await groupSettings(juliet.client).shows(group, 'active');
      await juliet.sees(group, present(1));
      for (const state of ['inactive', 'gone'] as const) {
        await groupSettings(phone.client).shows(group, 'active');
        await juliet.sees(group, present(2));
        await groupSettings(phone.client).shows(group, state);
        await juliet.sees(group, present(1));
      }
      await groupSettings(phone.client).shows(group, 'active');
      await juliet.sees(group, present(2));
      await phone.client.stop();
      await juliet.sees(group, present(1));
    });

    it('row 29: the list of members says when somebody was last seen, and nothing while he is here', async () => {
      const { juliet, romeo, group } = await verona(world);
      const seen = async (version?: number) => {
        const list = await juliet.members(group, version === undefined ? {} : { version });
        const card = list.users.find(({ jid }) => jid === romeo.client.bare);
        return { version: list.version, listed: card !== undefined, present: card?.present };
      };
      const before = await seen();
      expect(before.present).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
      await groupSettings(romeo.client).opens(group);
      await romeo.sees(group, present(1));
      const here = await seen(before.version);
      expect(here).toMatchObject({ listed: true, present: undefined });
      await groupSettings(romeo.client).closes(group);
      await expect.poll(async () => (await seen(here.version)).present).toMatch(/Z$/);
      const last = (await seen()).present;
      await world.component.restart();
      expect((await seen()).present).toBe(last);
    });

    it('row 30: who does not want it keeps his vCard to himself', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo', { nickname: 'Romeo' })).device();
      const nurse = await (await world.person('nurse', { nickname: 'Angelica' })).device();
      await romeo.client.roster.set(group);
      const opt = (name: string) => xml(name, { xmlns: NS.groups }, ['false']);
      await romeo.client.sendPresence({ to: group, type: 'subscribe' }, [
        opt('collect'),
        opt('peer-to-peer'),
      ]);
      await romeo.sees(group);
      await romeo.client.sendPresence({ to: group, type: 'subscribed' });
      await juliet.told(group, 'join');
      await nurse.join(group);
      const nicknames = async () => (await juliet.members(group)).users.map(({ nickname }) => nickname);
      await expect.poll(nicknames).toContain('Angelica');
      expect(await nicknames()).not.toContain('Romeo');
    });
  });

  describe('updates', () => {
    const quietFor = async (romeo: GroupUser, group: Parameters<GroupUser['members']>[0], world: World) => {
      const nurse = await (await world.person('nurse')).device();
      romeo.client.mark();
      await nurse.join(group);
      await nurse.post(group, 'Is it a quiet place?');
      await romeo.hears(group, 'Is it a quiet place?');
      await nurse.leave(group);
      await romeo.client.none(
        (stanza) => infoIn(group, stanza) !== undefined || readGroupMessage(stanza)?.system !== undefined,
        world.daemon,
      );
    };

    it('switched off by the element: messages only, the archive has the rest, and it survives a restart', async () => {
      const { juliet, romeo, group } = await verona(world);
      const { receiveUpdates, receivesUpdates } = groupSettings(romeo.client);
      expect(await receivesUpdates(group)).toBe(true);
      await receiveUpdates(group, false);
      await quietFor(romeo, group, world);
      await juliet.told(group, 'left');
      const { items } = await romeo.history(group, {}, { before: '', max: 3 });
      expect(items.map(({ message }) => message.system)).toEqual(['join', undefined, 'left']);
      await world.component.restart();
      expect(await receivesUpdates(group)).toBe(false);
      await receiveUpdates(group, true);
      expect((await romeo.sees(group)).members).toBe(2);
    });

    it('switched off by an ad-hoc command, with any client', async () => {
      const { romeo, group } = await verona(world);
      const { execute, receivesUpdates } = groupSettings(romeo.client);
      const begun = await execute(group, { node: NS.updates, action: 'execute' });
      expect(begun.status).toBe('executing');
      expect(begun.form && firstValueOf(begun.form, 'receive')).toBe('true');
      const form = formOf('submit', NS.updates, [formField({ var: 'receive', values: ['false'] })]);
      const done = await execute(group, {
        node: NS.updates,
        sessionId: begun.sessionId,
        action: 'complete',
        form,
      });
      expect(done).toMatchObject({ status: 'completed', sessionId: begun.sessionId });
      expect(await receivesUpdates(group)).toBe(false);
      await quietFor(romeo, group, world);
    });
  });
}
