import { pick } from '@xmpp-groups/core/codec';
import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import { message } from '@xmpp-groups/core/stanza';
import { create } from '@xmpp-groups/core/xabber';
import { ARCHIVES, discoInfo, firstValueOf, valuesOf } from '@xmpp-groups/core/xep';
import { NS, serialise, type XmlElement, xml } from '@xmpp-groups/core/xml';
import { bare, type GroupUser, groupSettings, payloadOf, stanzaError } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

/** Juliet with a group of hers, and Romeo in it. */
async function verona(world: World) {
  const juliet = await (await world.person('juliet', { nickname: 'Juliet' })).device();
  const group = await juliet.create(world.groups, { name: 'Verona' });
  const romeo = await (await world.person('romeo')).device();
  await romeo.join(group);
  await juliet.told(group, 'join');
  return { juliet, romeo, group };
}

/** The error with which the group sends the message `id` back. */
async function refusal({ client }: GroupUser, group: BareJid, id: string) {
  const isRefusal = (stanza: XmlElement): boolean => {
    const read = message.is(stanza) ? message.parse(stanza) : undefined;
    return (
      read?.ok === true &&
      bareOf(read.value.from) === group &&
      read.value.type === 'error' &&
      read.value.id === id
    );
  };
  return stanzaError(await client.expect(isRefusal, { description: `the refusal of ${id}` }));
}

/** The slow mode that the group tells somebody. */
async function slowModeFor({ client }: GroupUser, group: BareJid): Promise<string | undefined> {
  const info = pick(discoInfo, payloadOf(await client.iq(group, 'get', discoInfo.build(NOTHING))));
  const form = info?.ok
    ? info.value.forms.find((one) => firstValueOf(one, 'FORM_TYPE') === NS.mucRoomInfo)
    : undefined;
  return form && firstValueOf(form, 'muc#roominfo_slow_mode_duration');
}

const FRIAR = 'friar@localhost';

const NOTHING = { identities: [], features: [], forms: [] };

/** A file as clients of the protocol share it (reference 6.1). */
const shared = (type: string): XmlElement =>
  xml('reference', { xmlns: NS.references, type: 'mutable', begin: '0', end: '4' }, [
    xml('file-sharing', { xmlns: NS.files }, [
      xml('file', {}, [xml('media-type', {}, [type]), xml('name', {}, ['a file'])]),
    ]),
  ]);

/** How fast members may write, what an archive is asked for besides, and what is not passed on. */
export function pace(world: World): void {
  describe('pace', () => {
    it('slow mode holds back the second message, and takes the same one when its time has come', async () => {
      const { juliet, romeo, group } = await verona(world);
      const told = romeo.told(group, 'update');
      await groupSettings(juliet.client).setProperties(group, { 'slow-mode': '3600' });
      expect((await told).body).toMatch(/ set slow mode: a message every 3600 seconds$/);
      await romeo.post(group, 'the first');
      await juliet.hears(group, 'the first');
      const id = await romeo.send(group, 'the second');
      const refused = await refusal(romeo, group, id);
      expect(refused).toMatchObject({ condition: 'policy-violation', type: 'wait', code: 406 });
      expect(refused.text).toMatch(/^Slow mode: .* every 3600 seconds\. Please wait for \d+ seconds/);
      for (const text of ['a', 'b', 'c']) await juliet.post(group, text);
      await romeo.hears(group, 'c');

      await groupSettings(juliet.client).setProperties(group, { 'slow-mode': '0' });
      await romeo.send(group, 'the second', [xml('retry', { xmlns: NS.delivery })], id);
      expect((await juliet.hears(group, 'the second')).originId).toBe(id);
      const { items } = await juliet.history(group, { withtext: 'the second' });
      expect(items).toHaveLength(1);
    });

    it('slow mode for newcomers binds them alone, and everybody is told what holds for him', async () => {
      const { juliet, romeo, group } = await verona(world);
      expect(await slowModeFor(romeo, group)).toBeUndefined();
      const { properties, setProperties } = groupSettings(juliet.client);
      await setProperties(group, { 'slow-mode': '5', 'slow-mode-for-newcomers': '7200' });
      expect(firstValueOf(await properties(group), 'slow-mode-for-newcomers')).toBe('7200');
      expect(await slowModeFor(romeo, group)).toBe('7200');
      expect(await slowModeFor(juliet, group)).toBe('0');

      await world.component.restart();
      expect(await slowModeFor(romeo, group)).toBe('7200');
      await romeo.post(group, 'the first after a restart');
      const id = await romeo.send(group, 'the second');
      expect(await refusal(romeo, group, id)).toMatchObject({ condition: 'policy-violation' });
    });

    it('an inactive group lets messages be retracted', async () => {
      const { juliet, romeo, group } = await verona(world);
      const { stanzaId = '' } = await romeo.post(group, 'an insult');
      await groupSettings(juliet.client).setStatus(group, 'inactive');
      await juliet.retract(group, stanzaId);
      const { items } = await juliet.history(group, { withtext: 'insult' });
      expect(items).toEqual([]);
    });

    it('row 10: a group is created with contacts and domains, which last', async () => {
      const juliet = await (await world.person('juliet')).device();
      const request = create.build({
        name: 'Verona',
        contacts: { jids: [FRIAR, juliet.client.bare].map(bare) },
        domains: { jids: ['localhost', 'example.org'].map(bare) },
      });
      const result = pick(create, payloadOf(await juliet.client.iq(world.groups, 'set', request)));
      if (!result?.ok) throw new Error('no group');
      const group = bare(`${result.value.localpart}@${world.groups}`);
      const contacts = [juliet.client.bare, FRIAR].sort();
      expect(result.value.contacts?.jids).toEqual(contacts);
      expect(result.value.domains?.jids).toEqual(['example.org', 'localhost']);
      await world.component.restart();
      const form = await groupSettings(juliet.client).properties(group);
      expect([valuesOf(form, 'contacts'), valuesOf(form, 'domains')]).toEqual([
        contacts,
        ['example.org', 'localhost'],
      ]);
    });

    it('row 78: the archive is searched for what messages carry', async () => {
      const { juliet, group } = await verona(world);
      await juliet.post(group, 'words');
      await juliet.post(group, 'view', [shared('image/png')]);
      await juliet.post(group, 'song', [shared('audio/ogg')]);
      await juliet.post(group, 'deed', [shared('application/pdf')]);
      const texts = async (...filters: readonly string[]) => {
        const fields = filters.map((filter) => [`{${NS.archive}}filter_${filter}`, 'true']);
        const { items } = await juliet.history(group, Object.fromEntries(fields));
        return items.map(({ message: found }) => found.text);
      };
      expect(await texts('image')).toEqual(['view']);
      expect(await texts('audio', 'document')).toEqual(['song', 'deed']);
      expect(await texts('video')).toEqual([]);
      await expect(
        juliet.history(group, { [`{${NS.archive}}filter_image`]: 'perhaps' }),
      ).rejects.toMatchObject({ condition: 'bad-request', code: 400 });
    });

    it.each([NS.mam1, NS.mam0] as const)('a client that asks in %s is answered in it', async (version) => {
      const { juliet, group } = await verona(world);
      await juliet.post(group, 'a word');
      const { query, result, end } = ARCHIVES[version];
      juliet.client.mark();
      const answer = await juliet.client.iq(
        group,
        'set',
        query.build({ queryId: 'q', rsm: { max: 1, before: '' } }),
      );
      const within = (stanza: XmlElement) => {
        const read = message.is(stanza) ? message.parse(stanza) : undefined;
        return read?.ok ? read.value.payload : [];
      };
      const item = await juliet.client.expect((stanza) => pick(result, within(stanza)) !== undefined);
      expect(serialise(item)).toContain('a word');
      const last =
        version === NS.mam0
          ? within(await juliet.client.expect((stanza) => pick(end, within(stanza)) !== undefined))
          : payloadOf(answer);
      expect(pick(end, last)).toMatchObject({ ok: true, value: { queryId: 'q', rsm: { count: 3 } } });
    });
  });
}
