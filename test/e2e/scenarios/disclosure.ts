import { pick } from '@xmpp-groups/core/codec';
import type { BareJid } from '@xmpp-groups/core/jid';
import { readDisclosed } from '@xmpp-groups/core/xabber';
import { discoInfo, firstValueOf, formField, formOf } from '@xmpp-groups/core/xep';
import { NS, serialise, type XmlElement, xml } from '@xmpp-groups/core/xml';
import { type GroupUser, groupDisclosures, groupSettings, payloadOf, plainText } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

const idOf = async (member: GroupUser, group: BareJid): Promise<string> =>
  (await member.members(group, { id: '' })).users[0]?.id ?? '';

const nameOf = async (member: GroupUser, group: BareJid): Promise<string> =>
  (await member.members(group, { id: '' })).users[0]?.nickname ?? '';

/** All that somebody was sent, without the addresses of the stanzas. */
const everything = ({ client }: GroupUser): string =>
  client
    .received()
    .map((stanza) => serialise({ ...stanza, attrs: {} }))
    .join('\n');

/** Reference 13.6; docs/disclosure.md. */
export function disclosure(world: World): void {
  /** A masked ball of Juliet's with Romeo and Tybalt, who know each other as masks. */
  const ball = async () => {
    const juliet = await (await world.person('juliet')).device();
    const group = await juliet.create(world.groups, { name: 'Masked ball', privacy: 'incognito' });
    const enter = async (name: string) => {
      const person = await world.person(name);
      const user = await person.device();
      await user.join(group);
      return { person, user, id: await idOf(user, group), ...groupDisclosures(user.client) };
    };
    const romeo = await enter('romeo');
    const tybalt = await enter('tybalt');
    return { juliet, group, romeo, tybalt };
  };

  /** Both put each other into their rosters and talk without the group. */
  const befriend = async (one: GroupUser, other: GroupUser): Promise<void> => {
    const asks = (from: GroupUser) => (stanza: XmlElement) =>
      stanza.name === 'presence' &&
      stanza.attrs.type === 'subscribe' &&
      stanza.attrs.from === from.client.bare;
    await one.client.roster.set(other.client.bare);
    await one.client.sendPresence({ to: other.client.bare, type: 'subscribe' });
    await other.client.expect(asks(one), { description: 'the request of the new friend' });
    await other.client.roster.set(one.client.bare);
    await other.client.sendPresence({ to: one.client.bare, type: 'subscribed' });
    await other.client.sendPresence({ to: one.client.bare, type: 'subscribe' });
    await one.client.expect(asks(other), { description: 'the request in return' });
    await one.client.sendPresence({ to: other.client.bare, type: 'subscribed' });
    const friends = async (user: GroupUser, friend: GroupUser) =>
      (await user.client.roster.get()).find(({ jid }) => jid === friend.client.bare)?.subscription;
    await expect.poll(() => friends(one, other)).toBe('both');
    await expect.poll(() => friends(other, one)).toBe('both');
    await one.client.send(
      xml('message', { to: other.client.bare, type: 'chat' }, [xml('body', {}, ['Now in private'])]),
    );
    await other.client.expect((stanza) => plainText(stanza) === 'Now in private', {
      description: 'a message between two friends',
    });
  };

  describe('disclosure', () => {
    it('row 88: a member tells another one who he is; he accepts, and they become contacts', async () => {
      const { juliet, group, romeo, tybalt } = await ball();
      const info = pick(
        discoInfo,
        payloadOf(
          await romeo.user.client.iq(
            group,
            'get',
            discoInfo.build({
              identities: [],
              features: [],
              forms: [],
            }),
          ),
        ),
      );
      expect(info?.ok && info.value.features.map((feature) => feature.var)).toContain(NS.disclosure);

      await romeo.disclose(group, 'offer', tybalt.id, 'We met at the feast');
      const offer = await tybalt.disclosed(group, 'offer');
      expect(offer).toMatchObject({
        user: { id: romeo.id, jid: romeo.user.client.bare, nickname: await nameOf(romeo.user, group) },
        reason: 'We met at the feast',
      });
      expect(offer.body).toContain(romeo.user.client.bare);
      expect(everything(romeo.user)).not.toContain(tybalt.user.client.bare);

      await tybalt.disclose(group, 'accept', romeo.id);
      const accepted = await romeo.disclosed(group, 'accept');
      expect(accepted.user).toMatchObject({ id: tybalt.id, jid: tybalt.user.client.bare });
      await befriend(romeo.user, tybalt.user);

      // Nobody else was told, and the archive knows nothing of it.
      await juliet.post(group, 'Do you know each other?');
      await romeo.user.hears(group, 'Do you know each other?');
      expect(everything(juliet)).not.toContain('We met');
      const { items } = await juliet.history(group);
      const archived = items.map(({ message }) => message.body).join('\n');
      expect(archived.replaceAll(group, '')).not.toMatch(/We met|@localhost/);
    });

    it('row 88: who declines has told nobody who he is, and is not asked again', async () => {
      const { group, romeo, tybalt } = await ball();
      await romeo.disclose(group, 'offer', tybalt.id);
      await tybalt.disclosed(group, 'offer');
      await tybalt.disclose(group, 'decline', romeo.id, 'Not in this life');
      expect(await romeo.disclosed(group, 'decline')).toMatchObject({
        user: { id: tybalt.id },
        reason: 'Not in this life',
      });
      for (const step of ['offer', 'request'] as const) {
        await expect(romeo.disclose(group, step, tybalt.id)).rejects.toMatchObject({
          condition: 'not-allowed',
          code: 405,
        });
      }
      await expect(tybalt.disclose(group, 'accept', romeo.id)).rejects.toMatchObject({
        condition: 'item-not-found',
        code: 404,
      });
      expect(everything(romeo.user)).not.toContain(tybalt.user.client.bare);
    });

    it('row 88: a member asks who another one is, over a restart; both know when he tells', async () => {
      const { group, romeo, tybalt } = await ball();
      await romeo.disclose(group, 'request', tybalt.id, 'Who are you?');
      const request = await tybalt.disclosed(group, 'request');
      expect(request).toMatchObject({ user: { id: romeo.id }, reason: 'Who are you?' });
      expect(everything(tybalt.user)).not.toContain(romeo.user.client.bare);
      await expect(romeo.disclose(group, 'request', tybalt.id)).rejects.toMatchObject({
        condition: 'conflict',
        code: 409,
      });
      await world.component.restart();
      await tybalt.disclose(group, 'accept', romeo.id);
      expect((await romeo.disclosed(group, 'accept')).user.jid).toBe(tybalt.user.client.bare);
      expect((await tybalt.disclosed(group, 'accept')).user.jid).toBe(romeo.user.client.bare);
    });

    it('row 88: by a special message, which waits for who is away and never reaches all', async () => {
      const { juliet, group, romeo, tybalt } = await ball();
      await tybalt.user.client.stop();
      juliet.client.mark();
      await romeo.discloseByMessage(group, 'offer', tybalt.id, `I am ${romeo.user.client.bare}`);
      await juliet.client.none((stanza) => stanza.name === 'message', world.daemon);
      const back = await tybalt.person.device();
      const { user } = await groupDisclosures(back.client).disclosed(group, 'offer');
      expect(user).toMatchObject({ id: romeo.id, jid: romeo.user.client.bare });
      await groupDisclosures(back.client).discloseByMessage(group, 'accept', romeo.id);
      expect((await romeo.disclosed(group, 'accept')).user.jid).toBe(tybalt.user.client.bare);
      juliet.client.mark();
      await romeo.discloseByMessage(group, 'accept', tybalt.id, 'I am nobody');
      await romeo.user.client.expect((stanza) => stanza.name === 'message' && stanza.attrs.type === 'error', {
        description: 'the error of an answer to nothing',
      });
      await juliet.client.none((stanza) => stanza.name === 'message', world.daemon);
    });

    it('row 88: with any client, by ad-hoc commands', async () => {
      const { group, romeo, tybalt } = await ball();
      const fill = async (user: GroupUser, node: string, values: Record<string, string>) => {
        const { execute } = groupSettings(user.client);
        const begun = await execute(group, { node, action: 'execute' });
        const known = begun.form?.fields.find((field) => field.var === 'member')?.options ?? [];
        const fields = Object.entries({ member: known.at(-1)?.value ?? '', ...values }).map(([name, value]) =>
          formField({ var: name, values: [value] }),
        );
        const form = formOf('submit', node, fields);
        const done = await execute(group, { node, sessionId: begun.sessionId, action: 'complete', form });
        return { done, options: known };
      };
      const { options } = await fill(romeo.user, NS.disclosure, {
        step: 'request',
        member: tybalt.id,
        reason: 'It is late',
      });
      expect(options.map(({ value }) => value)).toContain(tybalt.id);
      expect((await tybalt.disclosed(group, 'request')).body).toContain('It is late');
      const { done } = await fill(tybalt.user, NS.disclosureAnswer, {
        step: 'accept',
      });
      expect(done.status).toBe('completed');
      expect(done.notes[0]?.text).toContain(romeo.user.client.bare);
      const { body } = await romeo.disclosed(group, 'accept');
      expect(body).toContain(tybalt.user.client.bare);
      const nothing = await groupSettings(tybalt.user.client).execute(group, { node: NS.disclosureAnswer });
      expect(nothing.form && firstValueOf(nothing.form, 'member')).toBeUndefined();
      expect(nothing.status).toBe('completed');
    });

    it('row 88: who may not write may not disclose; who is kicked is not answered any more', async () => {
      const { juliet, group, romeo, tybalt } = await ball();
      await romeo.disclose(group, 'request', tybalt.id);
      await tybalt.disclosed(group, 'request');
      const gone = romeo.user.dismissed(group);
      await juliet.kick(group, { ids: [romeo.id] });
      await gone;
      await expect(tybalt.disclose(group, 'accept', romeo.id)).rejects.toMatchObject({
        condition: 'item-not-found',
      });
      await expect(romeo.disclose(group, 'offer', tybalt.id)).rejects.toMatchObject({
        condition: 'not-allowed',
        code: 405,
      });
      await juliet.setPermissions(group, tybalt.id, [{ name: 'send-messages', status: false }]);
      await expect(tybalt.disclose(group, 'offer', await idOf(juliet, group))).rejects.toMatchObject({
        condition: 'not-allowed',
        code: 405,
      });
      expect(romeo.user.client.received().some((stanza) => readDisclosed(stanza) !== undefined)).toBe(false);
    });
  });
}
