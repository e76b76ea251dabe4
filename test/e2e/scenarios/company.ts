import { pick } from '@xmpp-groups/core/codec';
import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import { presence } from '@xmpp-groups/core/stanza';
import { discoItems } from '@xmpp-groups/core/xep';
import { NS, serialise, type XmlElement } from '@xmpp-groups/core/xml';
import { type GroupUser, payloadOf, readGroupMessage } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';
import { turnedAway } from './turned-away.js';

const idOf = async (member: GroupUser, group: BareJid): Promise<string> =>
  (await member.members(group, { id: '' })).users[0]?.id ?? '';

const subscription = async ({ client }: GroupUser, group: BareJid): Promise<string | undefined> =>
  (await client.roster.get()).find(({ jid }) => jid === group)?.subscription;

const fromGroup = (group: BareJid) => (stanza: XmlElement) => {
  const read = presence.is(stanza) ? presence.parse(stanza) : undefined;
  return (read?.ok === true && bareOf(read.value.from) === group) || readGroupMessage(stanza) !== undefined;
};

/** Reference 10. */
export function company(world: World): void {
  const listed = async ({ client }: GroupUser): Promise<(string | undefined)[]> => {
    const question = discoItems.build({ node: NS.groups, items: [] });
    const items = pick(discoItems, payloadOf(await client.iq(world.groups, 'get', question)));
    return items?.ok ? items.value.items.map(({ jid }) => jid) : [];
  };

  /** A group of Juliet's with the others in it. */
  const household = async (options: Parameters<GroupUser['create']>[1], ...names: readonly string[]) => {
    const owner = await (await world.person('juliet')).device();
    const group = await owner.create(world.groups, options);
    const guests: GroupUser[] = [];
    for (const name of names) {
      const guest = await (await world.person(name)).device();
      await owner.invite(group, guest.client.bare);
      await guest.join(group);
      guests.push(guest);
    }
    const [first, second] = guests;
    if (first === undefined || second === undefined) throw new Error('two guests were asked for');
    return { owner, group, first, second };
  };

  describe('kick and block', () => {
    it('rows 46, 64: members are kicked by id and JID, all are told, and they may join an open group again', async () => {
      const { owner, group, first, second } = await household({ name: 'Verona' }, 'romeo', 'paris');
      const kickedId = await idOf(first, group);
      const seen = Promise.all([
        second.told(group, 'kick'),
        second.sees(group, ({ members }) => members === 2),
        first.dismissed(group),
      ]);
      await owner.kick(group, { ids: [kickedId] });
      const [told] = await seen;
      expect(told.body).toBe(`${owner.client.bare} kicked ${first.client.bare} from chat`);
      expect(told.card?.jid).toBe(owner.client.bare);
      expect((await owner.members(group)).users).toHaveLength(2);
      first.client.mark();
      await owner.post(group, 'he is gone');
      await first.client.none(fromGroup(group), world.daemon);
      await expect(first.members(group)).rejects.toMatchObject({ condition: 'not-allowed' });
      await first.join(group);
      expect(await idOf(first, group)).toBe(kickedId);

      const gone = Promise.all([first.dismissed(group), second.dismissed(group)]);
      await owner.kick(group, { jids: [first.client.bare, second.client.bare] });
      await gone;
      expect((await owner.members(group)).users).toHaveLength(1);
    });

    it('who is kicked from a member-only group needs a new invitation, also after a restart', async () => {
      const { owner, group, first } = await household(
        { name: 'Verona', membership: 'member-only' },
        'romeo',
        'paris',
      );
      const dismissed = first.dismissed(group);
      await owner.kick(group, { jids: [first.client.bare] });
      await dismissed;
      await world.component.restart();
      await turnedAway(first, group);
      await first.client.roster.remove(group);
      await owner.invite(group, first.client.bare);
      await first.join(group);
    });

    it('nobody is kicked when one may not be, or by who may not (error rows 42 and 43)', async () => {
      const { owner, group, first, second } = await household({ name: 'Verona' }, 'romeo', 'paris');
      const refused = { condition: 'not-allowed', code: 405 };
      await expect(first.kick(group, { jids: [second.client.bare] })).rejects.toMatchObject(refused);
      await expect(
        owner.kick(group, { jids: [second.client.bare, owner.client.bare] }),
      ).rejects.toMatchObject(refused);
      await expect(owner.kick(group, {})).rejects.toMatchObject({ condition: 'bad-request', code: 400 });
      expect((await owner.members(group)).users).toHaveLength(3);
    });

    it('rows 46, 65: who is blocked is sent away, cannot join, be invited or write, and does not find the group', async () => {
      const { owner, group, first, second } = await household({ name: 'Verona' }, 'romeo', 'paris');
      const seen = Promise.all([second.told(group, 'block'), first.dismissed(group)]);
      expect(await listed(first)).toContain(group);
      await owner.block(group, { ids: [await idOf(first, group)] });
      const [told] = await seen;
      expect(told.body).toBe(`${owner.client.bare} blocked ${first.client.bare} from chat`);
      await world.component.restart();
      await turnedAway(first, group);
      await expect(second.invite(group, first.client.bare)).rejects.toMatchObject({
        condition: 'not-allowed',
      });
      expect(await listed(first)).not.toContain(group);
      expect(await listed(second)).toContain(group);
      const error = first.client.expect(
        (stanza) => stanza.name === 'message' && stanza.attrs.type === 'error',
      );
      const explained = first.client.expect((stanza) =>
        serialise(stanza).includes('You are blocked in this chat</body>'),
      );
      await first.send(group, 'let me in');
      await Promise.all([error, explained]);
      expect((await second.history(group)).items.map(({ message }) => message.text)).not.toContain(
        'let me in',
      );
    });

    it('row 66: a domain is blocked, but not that of the owner (error row 44)', async () => {
      const { owner, group, first, second } = await household({ name: 'Verona' }, 'romeo', 'paris');
      const refused = { condition: 'not-allowed', code: 405 };
      for (const domains of [['localhost'], ['evil.example', 'no domain']]) {
        await expect(owner.block(group, { domains })).rejects.toMatchObject(refused);
      }
      await expect(first.block(group, { jids: [second.client.bare] })).rejects.toMatchObject(refused);
      expect(await owner.blocked(group)).toEqual({ users: [], domains: [] });
      const told = first.told(group, 'block');
      await owner.block(group, { domains: ['Evil.example'] });
      expect((await told).body).toBe(`${owner.client.bare} blocked some users or domains`);
      expect((await owner.blocked(group)).domains).toEqual(['evil.example']);
      await expect(owner.invite(group, 'tybalt@evil.example')).rejects.toMatchObject(refused);
    });

    it('row 67: the list is for who may block, and unblocking lets people in again (error rows 45 and 46)', async () => {
      const { owner, group, first, second } = await household({ name: 'Verona' }, 'romeo', 'paris');
      const id = await idOf(first, group);
      const dismissed = first.dismissed(group);
      await owner.block(group, {
        jids: [first.client.bare, 'tybalt@example.com'],
        domains: ['evil.example'],
      });
      await dismissed;
      const { users, domains } = await owner.blocked(group);
      expect([...users].sort((one, other) => other.jid.localeCompare(one.jid))).toEqual([
        { jid: 'tybalt@example.com', id: '' },
        { jid: first.client.bare, id },
      ]);
      expect(domains).toEqual(['evil.example']);
      const refused = { condition: 'not-allowed', code: 405 };
      await expect(second.blocked(group)).rejects.toMatchObject(refused);
      await expect(second.unblock(group, { jids: [first.client.bare] })).rejects.toMatchObject(refused);
      await owner.unblock(group, { jids: ['nobody@example.com'] });
      await owner.unblock(group, {
        jids: [first.client.bare, 'tybalt@example.com'],
        domains: ['evil.example'],
      });
      expect(await owner.blocked(group)).toEqual({ users: [], domains: [] });
      expect(await subscription(first, group)).toBeUndefined();
      await first.join(group);
      expect(await subscription(first, group)).toBe('both');
    });

    it('blocking in an incognito group shows the members no JID', async () => {
      const { owner, group, first, second } = await household(
        { name: 'Masked ball', privacy: 'incognito' },
        'romeo',
        'paris',
      );
      const id = await idOf(first, group);
      const seen = Promise.all([second.told(group, 'block'), first.dismissed(group)]);
      await owner.block(group, { ids: [id] });
      const [told] = await seen;
      const shown = serialise(told.element).replace(/ to='[^']*'/u, '');
      for (const { client } of [owner, first, second]) expect(shown).not.toContain(client.bare);
      expect((await owner.blocked(group)).users).toEqual([{ jid: first.client.bare, id }]);
    });
  });
}
