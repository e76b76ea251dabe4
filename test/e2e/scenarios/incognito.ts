import type { BareJid } from '@xmpp-groups/core/jid';
import { fallback, stanzaId } from '@xmpp-groups/core/xep';
import { NS, serialise, type XmlElement, xml } from '@xmpp-groups/core/xml';
import { type GroupUser, groupSettings, pictureOf } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

const cardOf = async (member: GroupUser, group: BareJid, id = '') =>
  (await member.members(group, { id })).users[0];

const everything = ({ client }: GroupUser): string =>
  client
    .received()
    .map((stanza) => serialise({ ...stanza, attrs: {} }))
    .join('\n');

/** What clients put into messages without being asked, with the JID of somebody in it. */
const leaks = (jid: string): XmlElement[] => [
  xml('delay', { xmlns: 'urn:xmpp:delay', from: jid, stamp: '2021-04-15T14:00:00Z' }),
  xml('forwarded', { xmlns: NS.forward }, [xml('message', { xmlns: NS.client, from: `${jid}/x` })]),
  xml('mention', { xmlns: 'urn:example:mention' }, [`xmpp:${jid}?message`]),
  xml('mention', { xmlns: 'urn:example:mention' }, [jid.replace('@', '%40')]),
  xml('jid', { xmlns: 'urn:example:card' }, [jid]),
];

/** Reference 6.9. */
export function incognito(world: World): void {
  describe('incognito', () => {
    it('row 44: from its beginning to its end nobody but the owner sees who is behind a mask', async () => {
      const juliet = await (await world.person('juliet', { nickname: 'Juliet' })).device();
      const group = await juliet.create(world.groups, { name: 'Masks', privacy: 'incognito' });
      const guests: GroupUser[] = [];
      for (const name of ['romeo', 'tybalt', 'laura']) {
        const guest = await (await world.person(name, { nickname: name })).device();
        await juliet.invite(group, guest.client.bare, { send: true });
        await guest.invited(group);
        await guest.join(group);
        guests.push(guest);
      }
      const [romeo, tybalt, laura] = guests;
      if (romeo === undefined || tybalt === undefined || laura === undefined) throw new Error('nobody came');
      const id = async (member: GroupUser): Promise<string> => (await cardOf(member, group))?.id ?? '';
      const romeoId = await id(romeo);

      // Cards, and what is said of their changes.
      expect((await cardOf(romeo, group))?.nickname).not.toMatch(/romeo/iu);
      await romeo.rename(group, { nickname: 'Pilgrim' });
      expect((await laura.told(group, 'update')).body).toMatch(/ is now known as Pilgrim$/u);
      const picture = pictureOf(`a mask of ${romeoId}`);
      await romeo.publishAvatar(group, '', picture);
      await laura.avatarEvent(group, ({ owner }) => owner === romeoId);
      expect((await cardOf(laura, group, romeoId))?.jid).toBeUndefined();
      expect((await juliet.members(group)).users.map(({ jid }) => jid)).toContain(romeo.client.bare);

      // Messages, their new texts, their retraction, and the archive.
      for (const whom of [romeo, tybalt, juliet]) {
        await romeo.post(group, `about ${await id(whom)}`, leaks(whom.client.bare));
        await laura.hears(group, `about ${await id(whom)}`);
      }
      const first = await romeo.post(group, 'first', leaks(tybalt.client.bare));
      await romeo.replace(group, first.stanzaId ?? '', 'second', leaks(tybalt.client.bare));
      await laura.learns(group, 'replace');
      await groupSettings(juliet.client).pin(group, first.stanzaId ?? '');
      await laura.sees(group, ({ pinned }) => String(pinned) === first.stanzaId);
      await romeo.retract(group, first.stanzaId ?? '');
      await laura.learns(group, 'retract-message');
      await laura.history(group);
      await laura.rewrites(group, 0);

      // Rights, removal, and leaving.
      await juliet.setPermissions(group, await id(tybalt), [{ name: 'block-users', status: true }]);
      await laura.told(group, 'update');
      await expect(tybalt.kick(group, { jids: [romeo.client.bare] })).rejects.toMatchObject({
        condition: 'not-allowed',
      });
      const gone = romeo.dismissed(group);
      await tybalt.block(group, { ids: [romeoId] });
      await gone;
      await laura.told(group, 'block');
      expect((await tybalt.blocked(group)).users).toEqual([{ jid: romeoId, id: romeoId }]);
      expect((await juliet.blocked(group)).users).toEqual([{ jid: romeo.client.bare, id: romeoId }]);
      await laura.members(group);
      await tybalt.leave(group);
      await laura.told(group, 'left');

      const all = [juliet, romeo, tybalt, laura];
      for (const reader of [romeo, tybalt, laura]) {
        const read = everything(reader);
        for (const other of all.filter((one) => one !== reader)) {
          expect(read).not.toContain(other.client.bare);
          expect(read).not.toContain(other.client.bare.replace('@', '%40'));
        }
      }
    });

    it('nobody finds out by what is passed on whether somebody is a member', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Masks', privacy: 'incognito' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      const stranger = await world.person('paris');
      const shown = async (jid: string): Promise<string> => {
        const { element } = await romeo.post(group, 'Who is it?', [
          ...leaks(jid),
          fallback.build({ for: 'urn:example:nothing', ranges: [], others: [] }),
        ]);
        // Its ids and time are its own, whatever is in it.
        const { children } = element;
        return children
          .filter((child) => typeof child !== 'string' && !stanzaId.is(child))
          .flatMap((child) => (typeof child === 'string' ? [] : [serialise(child)]))
          .filter((child) => !/^<(archived|time|origin-id|previous-id)/u.test(child))
          .join('\n');
      };
      const aboutMember = await shown(juliet.client.bare);
      expect(await shown(stranger.bare)).toBe(aboutMember);
      expect(aboutMember).toContain('anonymous.invalid');
      expect(aboutMember.replaceAll(group, '')).not.toContain('@localhost');
    });
  });
}
