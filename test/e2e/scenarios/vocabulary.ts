import { pick } from '@xmpp-groups/core/codec';
import { discoInfo } from '@xmpp-groups/core/xep';
import { elementsOf, NS, serialise, textOf, type XmlElement, xml } from '@xmpp-groups/core/xml';
import { groupV0, payloadOf } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

const childOf = (element: XmlElement | undefined, name: string): string | undefined => {
  const found = element && elementsOf(element).find((child) => child.name === name);
  return found && textOf(found);
};

/** Reference 16: a client of 2019, in rows 2, 8, 13, 18, 26, 34, 48, 50, 51, 57 to 59 and 74 of its section 19. */
export function vocabulary(world: World): void {
  /** A group that Juliet has created with a client of 2019, and Romeo, who has one of today. */
  const cast = async () => {
    const person = await world.person('juliet');
    const user = await person.device();
    const juliet = groupV0(user.client);
    const created = await juliet.create(world.groups, {
      name: 'Verona',
      privacy: 'public',
      membership: 'open',
    });
    const group = created.jid;
    await user.client.roster.set(group);
    await user.client.sendPresence({ to: group, type: 'subscribe' });
    await user.client.sendPresence({ to: group, type: 'subscribed' });
    const romeo = await (await world.person('romeo')).device();
    await romeo.join(group);
    return { juliet, user, created, group, romeo };
  };

  describe('clients of 2018 and 2019', () => {
    it('row 2, row 8: find the host by its feature, and create a group there', async () => {
      const { user, created } = await cast();
      const info = pick(
        discoInfo,
        payloadOf(
          await user.client.iq(
            world.groups,
            'get',
            discoInfo.build({ identities: [], features: [], forms: [] }),
          ),
        ),
      );
      expect(info?.ok && info.value.features.map((feature) => feature.var)).toContain(NS.groupsV0);
      expect(created).toMatchObject({
        name: 'Verona',
        privacy: 'public',
        membership: 'open',
        index: 'local',
      });
      expect(created.jid.endsWith(`@${world.groups}`)).toBe(true);
    });

    it('row 48, row 50, row 57: read the members with their rights', async () => {
      const { juliet, group, user, romeo } = await cast();
      const { items, version } = await juliet.members(group);
      expect(items.map(({ jid }) => jid)).toEqual([user.client.bare, romeo.client.bare]);
      expect(items.map(({ role }) => role)).toEqual(['owner', 'member']);
      expect(items[0]?.permissions.map(({ name }) => name)).toContain('administrator');
      expect(version).toBeGreaterThan(0);
      const own = await juliet.member(group);
      expect(own.items.map(({ jid }) => jid)).toEqual([user.client.bare]);
      const nobody = juliet.member(group, 'nobody0000000000');
      await expect(nobody).rejects.toThrow(/item-not-found/);
    });

    it('row 26: know the group by its presence when they open it', async () => {
      const { juliet, group } = await cast();
      const mark = await juliet.opens(group);
      expect([childOf(mark, 'name'), childOf(mark, 'members')]).toEqual(['Verona', '2']);
    });

    it('row 34, row 74: send, hear that it was received, and read the history', async () => {
      const { juliet, group, romeo } = await cast();
      const heard = romeo.hears(group, 'But soft');
      const received = await juliet.post(group, 'But soft');
      expect(childOf(received.author, 'role')).toBe('owner');
      // He has a client of today, and hears nothing of how it was sent.
      expect(serialise((await heard).element)).not.toContain('http://xabber.com');
      await romeo.post(group, 'what light');
      const history = await juliet.history(group, 2);
      expect(history.map(({ author }) => childOf(author, 'jid'))).toEqual([
        received.author && childOf(received.author, 'jid'),
        romeo.client.bare,
      ]);
      const today = await romeo.history(group, {}, { max: 2, before: '' });
      expect(today.items.map(({ message }) => message.text)).toEqual(['But soft', 'what light']);
    });

    it('row 51, row 58, row 59: change nicknames and rights', async () => {
      const { juliet, user, group, romeo } = await cast();
      const { restrictions } = await juliet.allRights(group);
      expect(restrictions.map(({ name }) => name)).toContain('send-audio');
      const id = (await juliet.members(group)).items.find(({ jid }) => jid === romeo.client.bare)?.id ?? '';
      const change = async (child: XmlElement) => {
        const item = xml('item', { id }, [child]);
        await user.client.iq(group, 'set', xml('query', { xmlns: NS.groupsV0Members }, [item]));
      };
      const told = romeo.told(group, 'update');
      await change(xml('nickname', {}, ['Montague']));
      expect((await told).text).toContain('Montague');
      await change(xml('permission', { name: 'delete-messages', expires: 'never' }));
      const changed = (await juliet.members(group)).items.find((item) => item.id === id);
      expect(changed).toMatchObject({
        nickname: 'Montague',
        role: 'admin',
        permissions: [{ name: 'delete-messages' }],
      });
      expect((await romeo.members(group, { id: '' })).users).toMatchObject([{ role: 'admin' }]);
    });

    it('row 13, row 18: join and leave by presence, as everybody does', async () => {
      const { group, juliet } = await cast();
      const nurse = await (await world.person('nurse')).device();
      await nurse.join(group);
      expect((await juliet.members(group)).items).toHaveLength(3);
      await nurse.leave(group);
      expect((await juliet.members(group)).items).toHaveLength(2);
    });
  });
}
