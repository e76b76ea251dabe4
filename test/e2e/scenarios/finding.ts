import { randomUUID } from 'node:crypto';
import { pick } from '@xmpp-groups/core/codec';
import { type SearchRequest, search, searchResult } from '@xmpp-groups/core/xabber';
import { discoItems, type Rsm } from '@xmpp-groups/core/xep';
import { NS } from '@xmpp-groups/core/xml';
import { type GroupUser, payloadOf } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

/** Reference 1.2 and 14. */
export function finding(world: World): void {
  const listing = async ({ client }: GroupUser, rsm?: Rsm) => {
    const question = discoItems.build({ node: NS.groups, items: [], rsm });
    const items = pick(discoItems, payloadOf(await client.iq(world.groups, 'get', question)));
    if (!items?.ok) throw new Error('no disco#items in the answer');
    return items.value;
  };

  const searched = async ({ client }: GroupUser, wanted: SearchRequest) => {
    const found = pick(searchResult, payloadOf(await client.iq(world.groups, 'get', search.build(wanted))));
    if (!found?.ok) throw new Error('no result in the answer');
    return found.value.groups;
  };

  describe('lists, searches and indexes', () => {
    it('row 3: the list has the groups that one may find, with their names', async () => {
      const juliet = await (await world.person('juliet')).device();
      const romeo = await (await world.person('romeo')).device();
      const open = await juliet.create(world.groups, { name: 'Open' });
      const hidden = await juliet.create(world.groups, { name: 'Hidden', index: 'none' });
      const closed = await juliet.create(world.groups, { name: 'Closed', membership: 'member-only' });
      const mine: readonly string[] = [open, hidden, closed];
      const seen = async () => (await listing(romeo)).items.filter(({ jid }) => mine.includes(jid));
      expect(await seen()).toMatchObject([{ jid: open, name: 'Open' }]);
      await juliet.invite(closed, romeo.client.bare);
      expect((await seen()).map(({ name }) => name).sort()).toEqual(['Closed', 'Open']);
    });

    it('row 4: the list comes in pages', async () => {
      const juliet = await (await world.person('juliet')).device();
      for (const name of ['one', 'two', 'three']) await juliet.create(world.groups, { name });
      const whole = (await listing(juliet)).items.map(({ jid }) => jid);
      const paged: (string | undefined)[] = [];
      for (let after: string | undefined; ; ) {
        const { items, rsm } = await listing(juliet, { max: 2, after });
        expect(rsm?.count).toBe(whole.length);
        if (items.length === 0) break;
        paged.push(...items.map(({ jid }) => jid));
        after = rsm?.last;
      }
      expect(paged).toEqual(whole);
      await expect(listing(juliet, { after: `nobody@${world.groups}` })).rejects.toMatchObject({
        condition: 'item-not-found',
      });
    });

    it('row 89: groups are searched by parts of what they say of themselves', async () => {
      const juliet = await (await world.person('juliet')).device();
      const word = randomUUID();
      const verona = await juliet.create(world.groups, {
        name: `Verona ${word}`,
        description: 'Where families fight',
      });
      await juliet.create(world.groups, { name: `Mantua ${word}`, privacy: 'incognito' });
      const closed = await juliet.create(world.groups, { name: `Closed ${word}`, membership: 'member-only' });
      const romeo = await (await world.person('romeo')).device();
      const found = (await searched(romeo, { name: word.toUpperCase() })).map(({ name }) => name).sort();
      expect(found).toEqual([`Mantua ${word}`, `Verona ${word}`]);
      expect(await searched(romeo, { name: word, description: 'FAMILIES', privacy: '' })).toEqual([
        {
          jid: verona,
          name: `Verona ${word}`,
          privacy: 'public',
          membership: 'open',
          description: 'Where families fight',
          contacts: '',
          domains: '',
          size: 1,
        },
      ]);
      expect(await searched(romeo, { name: word, membership: 'member-only' })).toEqual([]);
      expect(
        (await searched(juliet, { membership: 'member-only', name: word })).map(({ jid }) => jid),
      ).toEqual([closed]);
      await juliet.block(verona, { jids: [romeo.client.bare] });
      expect(await searched(romeo, { name: word, privacy: 'public' })).toEqual([]);
    });

    it('row 90: an index service hears of a global group all that its members do, and reads its archive', async () => {
      const service = await world.indexService().device();
      const juliet = await (await world.person('juliet')).device();
      const local = await juliet.create(world.groups, { name: 'Local', index: 'local' });
      const group = await juliet.create(world.groups, {
        name: 'Global',
        description: 'For all',
        index: 'global',
      });
      expect(await service.sees(group)).toMatchObject({
        name: 'Global',
        description: 'For all',
        index: 'global',
        membership: 'open',
        members: 1,
      });
      const counted = service.sees(group, ({ members }) => members === 2);
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      await counted;
      const heard = service.hears(group, 'hello, world');
      await juliet.post(group, 'hello, world');
      expect((await heard).card).toMatchObject({ jid: juliet.client.bare });
      const texts = (await service.history(group)).items.map(({ message }) => message.text);
      expect(texts).toContain('hello, world');
      await expect(service.history(local)).rejects.toMatchObject({ condition: 'not-allowed', code: 405 });
      await expect(service.members(group)).rejects.toMatchObject({ condition: 'not-allowed', code: 405 });
    });
  });
}
