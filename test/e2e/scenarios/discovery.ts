import { pick } from '@xmpp-groups/core/codec';
import { iq } from '@xmpp-groups/core/stanza';
import { removal } from '@xmpp-groups/core/xabber';
import {
  discoInfo,
  discoItems,
  entityTime,
  firstValueOf,
  lastActivity,
  ping,
  softwareVersion,
  vcard,
} from '@xmpp-groups/core/xep';
import { NS, type XmlElement } from '@xmpp-groups/core/xml';
import type { XmppClient } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

const payload = (answer: XmlElement): readonly XmlElement[] => {
  const read = iq.parse(answer);
  return read.ok ? read.value.payload : [];
};

const infoOf = async (client: XmppClient, to: string, node?: string) => {
  const question = discoInfo.build({ node, identities: [], features: [], forms: [] });
  const info = pick(discoInfo, payload(await client.iq(to, 'get', question)));
  if (!info?.ok) throw new Error('no disco#info in the answer');
  return info.value;
};

const itemsOf = async (client: XmppClient, to: string, node?: string) => {
  const items = pick(discoItems, payload(await client.iq(to, 'get', discoItems.build({ node, items: [] }))));
  if (!items?.ok) throw new Error('no disco#items in the answer');
  return items.value.items;
};

/** Reference 1.1 to 1.3, 11.7; rows 1 to 5, 73 and 93 of its section 19. */
export function discovery(world: World): void {
  describe('finding groups', () => {
    it('rows 1, 2: the server lists the host, and the host says that it hosts groups', async () => {
      const { client } = await (await world.person('romeo')).device();
      const own = (await itemsOf(client, 'localhost')).filter(({ jid }) => jid === world.groups);
      expect(own).toHaveLength(1);
      // The module inside ejabberd adds the node by which xabber-web finds it (T1).
      if (world.isInside) expect(own).toMatchObject([{ node: NS.groups }]);
      const info = await infoOf(client, world.groups);
      // Beside users the host is the server, which says what it is itself.
      const identity = world.isShared
        ? { category: 'server', type: 'im' }
        : { category: 'conference', type: 'server' };
      expect(info.identities).toContainEqual(expect.objectContaining(identity));
      expect(info.features.map((feature) => feature.var)).toContain(NS.groups);
    });

    it('row 2: the host never claims what xabber-web would take for features of the account server (T2)', async () => {
      const { client } = await (await world.person('romeo')).device();
      const features = (await infoOf(client, world.groups)).features.map((feature) => feature.var);
      for (const name of ['rewrite', 'delivery', 'archive', 'auth-tokens']) {
        expect(features).not.toContain(`https://xabber.com/protocol/${name}`);
      }
    });

    it('rows 1, 2, 3: the panel of xabber-web finds the host in itself, then the groups (T1, appendix D.4)', async () => {
      const juliet = await (await world.person('juliet')).device();
      const shown = await juliet.create(world.groups, { name: 'Verona', index: 'local' });
      const hidden = await juliet.create(world.groups, { name: 'Secret', index: 'none' });
      const closed = await juliet.create(world.groups, { name: 'Closed', membership: 'member-only' });
      const romeo = await (await world.person('romeo')).device();
      expect(
        (await itemsOf(romeo.client, world.groups)).filter(({ jid }) => jid === world.groups),
      ).toMatchObject([{ jid: world.groups, node: NS.groups }]);
      expect((await infoOf(romeo.client, world.groups, NS.groups)).identities).toMatchObject([
        { category: 'conference', type: 'server' },
      ]);
      const seenByRomeo = (await itemsOf(romeo.client, world.groups, NS.groups)).map(({ jid }) => jid);
      expect(seenByRomeo).toContain(shown);
      expect(seenByRomeo).not.toContain(hidden);
      expect(seenByRomeo).not.toContain(closed);
      const seenByJuliet = (await itemsOf(juliet.client, world.groups, NS.groups)).map(({ jid }) => jid);
      expect(seenByJuliet).toContain(closed);
    });

    it('rows 5, 73: a group tells strangers what it is, by disco and by vCard (T23)', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, {
        name: 'Площадь & Co',
        description: 'Where families fight',
        membership: 'member-only',
      });
      const { client } = await (await world.person('romeo')).device();
      const info = await infoOf(client, group);
      expect(info.identities).toMatchObject([
        { category: 'conference', type: 'groupchat', name: 'Площадь & Co' },
      ]);
      const form = info.forms[0];
      if (form === undefined) throw new Error('no form');
      expect(
        ['description', 'privacy', 'anonymous', 'model'].map((name) => firstValueOf(form, name)),
      ).toEqual(['Where families fight', 'public', 'public', 'member-only']);
      const card = pick(vcard, payload(await client.iq(group, 'get', vcard.build({}))));
      expect(card?.ok && card.value).toMatchObject({
        nickname: 'Площадь & Co',
        jabberId: group,
        privacy: 'public',
        index: 'local',
        membership: 'member-only',
        members: '1',
      });
    });

    it('row 93: host and groups answer ping, version, time and idle time, on the bare JID and on /Group (T3)', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      for (const to of [...(world.isShared ? [] : [world.groups]), group, `${group}/Group`]) {
        await juliet.client.iq(to, 'get', ping.build({}));
        const version = pick(
          softwareVersion,
          payload(await juliet.client.iq(to, 'get', softwareVersion.build({}))),
        );
        expect(version?.ok && version.value.name).toBe('xmpp-groups');
        const time = pick(entityTime, payload(await juliet.client.iq(to, 'get', entityTime.build({}))));
        expect(time?.ok && time.value.utc).toBeTypeOf('number');
        const last = pick(lastActivity, payload(await juliet.client.iq(to, 'get', lastActivity.build({}))));
        expect(last?.ok && last.value.seconds).toBe(0);
      }
    });

    it('what is not known gets an error, never silence (error rows 1, 2)', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      // Beside users only what was a group once is known to be none.
      const nobody = world.isShared
        ? await juliet.create(world.groups, { name: 'Nobody' })
        : `nobody@${world.groups}`;
      if (world.isShared) await juliet.client.iq(world.groups, 'set', removal.build({ text: nobody }));
      for (const [to, namespace, condition] of [
        [world.groups, 'urn:example:unknown', 'service-unavailable'],
        [world.groups, `${NS.groupsCreate}`, 'bad-request'],
        [group, 'urn:example:unknown', 'service-unavailable'],
        [group, `${NS.groups}#unknown`, 'bad-request'],
        [nobody, 'urn:xmpp:ping', 'item-not-found'],
      ] as const) {
        const question = {
          name: namespace === 'urn:xmpp:ping' ? 'ping' : 'query',
          attrs: { xmlns: namespace },
          children: [],
        };
        await expect(juliet.client.iq(to, 'get', question)).rejects.toMatchObject({ condition });
      }
    });
  });
}
