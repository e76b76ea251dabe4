import { parseBareJid } from '@xmpp-groups/core/jid';
import { message } from '@xmpp-groups/core/stanza';
import { reference } from '@xmpp-groups/core/xabber';
import { noPermanentStore, originId, stanzaId } from '@xmpp-groups/core/xep';
import { elementsOf, NS, serialise, xml } from '@xmpp-groups/core/xml';
import { type GroupUser, plainText, readEcho, readGroupMessage, textMessage } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import { archivedBy } from '../talk.js';
import type { World } from '../world.js';

const idOf = (member: GroupUser, group: Parameters<GroupUser['members']>[0]) =>
  member.members(group, { id: '' }).then(({ users }) => users[0]?.id);

/** Reference 6 and 7; rows 33 to 47 of its section 19 as far as they go without administration. */
export function messages(world: World): void {
  describe('messages', () => {
    it('rows 33, 34, 36: everybody but the author gets a copy with his card, all of his devices the echo (T9, T10, T22)', async () => {
      const person = await world.person('juliet', { nickname: 'Juliet' });
      const phone = await person.device({ resource: 'phone' });
      const web = await person.device({ resource: 'web', transport: 'websocket' });
      const tablet = await person.device({ resource: 'tablet' });
      const group = await phone.create(world.groups, { name: 'Verona' });
      const romeo = await world.person('romeo', { nickname: 'Romeo' });
      const devices = [
        await romeo.device({ resource: 'one' }),
        await romeo.device({ resource: 'two', transport: 'websocket' }),
      ];
      await devices[0]?.join(group);
      await expect
        .poll(async () => (await phone.members(group)).users.map((card) => card.nickname).sort())
        .toEqual(['Juliet', 'Romeo']);

      const text = 'Привет & <всем> "тут" 👋🏽';
      const echoes = Promise.all(
        [phone, web, tablet].map(({ client }) => client.expect((stanza) => readEcho(stanza)?.text === text)),
      );
      const sent = await phone.send(group, text);
      const [echo] = (await echoes).map(readEcho);
      expect(echo?.element.attrs).toMatchObject({ from: phone.client.jid, to: group });
      const parts = elementsOf(echo?.element ?? xml('nothing'));
      expect(parts.find((child) => stanzaId.is(child))?.attrs.by).toBe(group);
      expect(parts.find((child) => child.name === 'time')?.attrs.xmlns).toBe(NS.delivery);
      const copies = await Promise.all(devices.map((device) => device.hears(group, text)));
      for (const copy of copies) {
        expect(copy.body).toBe(`Juliet:\n${text}`);
        expect(copy.card).toMatchObject({ jid: person.bare, nickname: 'Juliet', role: 'owner' });
        expect(copy.originId).toBe(sent);
        expect(copy.stanzaId).toMatch(/^\d{16}$/);
        expect(copy.stanzaId).toBe(echo?.stanzaId);
      }
      await phone.client.none((stanza) => readGroupMessage(stanza)?.text === text, world.daemon);
    });

    it('order is the same for everybody, and equal to that of the archive', async () => {
      const [juliet, romeo, nurse] = await Promise.all(
        ['juliet', 'romeo', 'nurse'].map(async (name) => (await world.person(name)).device()),
      );
      if (!juliet || !romeo || !nurse) throw new Error('three people were asked for');
      const group = await juliet.create(world.groups, { name: 'Verona' });
      await romeo.join(group);
      await nurse.join(group);
      const people = [juliet, romeo, nurse];
      await Promise.all(
        people.flatMap((person, at) =>
          Array.from({ length: 20 }, (_, n) => person.post(group, `${at}/${n}`)),
        ),
      );
      const { items } = await nurse.history(group, {}, { before: '', max: 60 });
      const archived = items.map(({ id }) => id);
      expect(archived).toHaveLength(60);
      for (const person of people) {
        await expect.poll(() => heard(person).length).toBe(60);
        expect(heard(person)).toEqual(archived);
      }
    });

    it('the header is spanned in escaped characters (trap T11), references are shifted', async () => {
      const juliet = await (await world.person('juliet', { nickname: 'J & "J" 👸' })).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      await expect
        .poll(async () => (await juliet.members(group, { id: '' })).users[0]?.nickname)
        .toBe('J & "J" 👸');
      const bold = reference.build({
        type: 'decoration',
        begin: 2,
        end: 6,
        payload: [xml('bold', { xmlns: 'https://xabber.com/protocol/markup' })],
      });
      await juliet.post(group, 'a bold word', [bold]);
      const copy = await romeo.hears(group, 'a bold word');
      const envelope = message.parse(copy.element);
      if (!envelope.ok) throw new Error(envelope.error.reason);
      const references = envelope.value.payload
        .filter((child) => reference.is(child))
        .map((child) => reference.parse(child));
      // J=1 blank=1 &=5 blank=1 "=6 J=1 "=6 blank=1 👸=1 :=1 newline=1
      expect(references).toMatchObject([{ value: { begin: 27, end: 31 } }]);
    });

    it('a client that knows nothing of groups reads a readable text, and others read what it writes', async () => {
      const juliet = await (await world.person('juliet', { nickname: 'Juliet' })).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      await expect
        .poll(async () => (await juliet.members(group, { id: '' })).users[0]?.nickname)
        .toBe('Juliet');
      const { client: plain } = await (await world.person('mercutio')).device();
      // An ordinary client: adds a contact, accepts the contact's request.
      await plain.roster.set(group);
      await plain.sendPresence({ to: group, type: 'subscribe' });
      await plain.expect((stanza) => stanza.attrs.type === 'subscribe');
      await plain.sendPresence({ to: group, type: 'subscribed' });
      await juliet.told(group, 'join');
      await juliet.post(group, 'hello');
      await plain.expect((stanza) => plainText(stanza) === 'Juliet:\nhello');
      await plain.send(xml('message', { to: group, type: 'chat' }, [xml('body', {}, ['hi'])]));
      expect((await juliet.hears(group, 'hi')).card?.jid).toBe(plain.bare);
    });

    it('row 35: the same origin-id again brings the same echo, and no second copy (T9)', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      const first = await juliet.post(group, 'once');
      const retry = textMessage(group, 'once', first.originId ?? '', [xml('retry', { xmlns: NS.delivery })]);
      juliet.client.mark();
      await juliet.client.send(retry);
      const second = await juliet.client.expect((stanza) => readEcho(stanza)?.originId === first.originId);
      expect(readEcho(second)?.stanzaId).toBe(first.stanzaId);
      // Twice at once, before the first could become durable.
      const twice = textMessage(group, 'twice', `${first.originId}-2`);
      await Promise.all([juliet.client.send(twice), juliet.client.send(twice)]);
      await juliet.post(group, 'end');
      await romeo.hears(group, 'end');
      const texts = romeo.client
        .received()
        .map((stanza) => readGroupMessage(stanza))
        .filter((copy) => copy?.system === undefined);
      expect(texts.map((copy) => copy?.text).filter(Boolean)).toEqual(['once', 'twice', 'end']);
      const { items } = await romeo.history(group, {}, { max: 100 });
      expect(items.map(({ message: item }) => item.text).slice(-3)).toEqual(['once', 'twice', 'end']);
    });

    it('row 40: who is no member is refused with the legacy code, and keeps his origin-id (T8, error row 21)', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const paris = await (await world.person('paris')).device();
      const id = await paris.send(group, 'let me in');
      const refused = await paris.client.expect((stanza) => stanza.attrs.type === 'error');
      const read = message.parse(refused);
      if (!read.ok) throw new Error(read.error.reason);
      expect(read.value.payload.filter((child) => originId.is(child)).map((child) => child.attrs.id)).toEqual(
        [id],
      );
      expect(read.value.payload.find((child) => child.name === 'error')?.attrs).toMatchObject({
        code: '405',
        type: 'cancel',
      });
      await juliet.client.none((stanza) => readGroupMessage(stanza)?.text === 'let me in', world.daemon);
    });

    it('a device without presence may write: the echo goes to the others, an error to it (T22, T25)', async () => {
      const person = await world.person('juliet');
      const juliet = await person.device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      const fast = await person.device({ silent: true });
      const echoed = juliet.client.expect((stanza) => readEcho(stanza)?.text === 'from the side');
      await fast.send(group, 'from the side');
      expect(readEcho(await echoed)?.stanzaId).toBe((await romeo.hears(group, 'from the side')).stanzaId);
      await juliet.leave(group);
      await fast.send(group, 'and now');
      await fast.client.expect((stanza) => stanza.name === 'message' && stanza.attrs.type === 'error');
    });

    it('the last of the archive ids in a copy is that of the group, also with an own archive (T14)', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      const foreign = stanzaId.build({ by: bareJid(romeo), id: '777' });
      const echo = await juliet.post(group, 'which id is it', [foreign]);
      const copy = await romeo.hears(group, 'which id is it');
      const ids = elementsOf(copy.element).filter((child) => stanzaId.is(child));
      expect(ids.at(-1)?.attrs).toMatchObject({ by: group, id: echo.stanzaId });
    });

    it('chat states, markers and empty messages are not passed on (T26)', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo')).device();
      await romeo.join(group);
      for (const child of [
        xml('active', { xmlns: NS.chatStates }),
        xml('displayed', { xmlns: NS.chatMarkers, id: 'x' }),
        xml('body', {}, [' \n ']),
      ]) {
        await juliet.client.send(xml('message', { to: group, type: 'chat' }, [child]));
      }
      await juliet.post(group, 'words');
      await romeo.hears(group, 'words');
      const { items } = await romeo.history(group, {}, { max: 100 });
      expect(items.filter(({ message: item }) => item.system === undefined)).toHaveLength(1);
    });

    it('characters of several bytes arrive whole, however the chunks are cut', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const romeo = await (await world.person('romeo')).device({ transport: 'websocket' });
      await romeo.join(group);
      // Each text is longer than a TCP segment, and each begins at another offset in the stream.
      const texts = Array.from({ length: 12 }, (_, at) => `${'x'.repeat(at)}${'Жизнь 🐈‍⬛ '.repeat(3000)}`);
      await Promise.all(texts.map((text) => juliet.send(group, text)));
      for (const text of texts) expect((await romeo.hears(group, text)).text).toBe(text);
    });

    it('a member who was offline gets the copies when he comes back', async () => {
      const juliet = await (await world.person('juliet')).device();
      const group = await juliet.create(world.groups, { name: 'Verona' });
      const person = await world.person('romeo');
      const romeo = await person.device();
      await romeo.join(group);
      await romeo.client.stop();
      for (const text of ['one', 'two', 'three']) await juliet.post(group, text);
      const back = await person.device();
      for (const text of ['one', 'two', 'three']) {
        const copy = await back.hears(group, text);
        expect(elementsOf(copy.element).filter((child) => noPermanentStore.is(child))).toHaveLength(1);
      }
      // His server did not put them into his own archive a second time: that is what the hint is for.
      expect(await archivedBy(back)).not.toContainEqual(expect.stringMatching(/>(one|two|three)</));
      // Inside the server what was sent is not kept twice either; a component cannot see to that.
      const sent = (await archivedBy(juliet)).filter((text) => text.includes('>two<'));
      expect(sent).toHaveLength(world.isInside ? 0 : 1);
    });

    it('row 44: an incognito group shows nobody a real JID, whatever clients put into their messages', async () => {
      const juliet = await (await world.person('juliet', { nickname: 'Juliet' })).device();
      const group = await juliet.create(world.groups, { name: 'Masks', privacy: 'incognito' });
      const romeo = await (await world.person('romeo', { nickname: 'Romeo' })).device();
      await romeo.join(group);
      const leak = [
        stanzaId.build({ by: bareJid(romeo), id: '1' }),
        xml('forwarded', { xmlns: NS.forward }, [xml('message', { from: `${romeo.client.bare}/x` })]),
        xml('mention', { xmlns: 'urn:example:mention' }, [`xmpp:${group}?jid=${romeo.client.bare}`]),
      ];
      await romeo.post(group, 'who am I', leak);
      const copy = await juliet.hears(group, 'who am I');
      expect(copy.card?.jid).toBeUndefined();
      expect(copy.card?.id).toBe(await idOf(romeo, group));
      expect(copy.card?.nickname).not.toBe('Romeo');
      const everything = juliet.client
        .received()
        .map((stanza) => serialise({ ...stanza, attrs: {} }))
        .join();
      expect(everything).not.toContain(romeo.client.bare);
      // The owner may ask who it is; the other may not.
      expect((await juliet.members(group)).users.map(({ jid }) => jid)).toContain(romeo.client.bare);
      expect((await romeo.members(group)).users.map(({ jid }) => jid)).not.toContain(juliet.client.bare);
    });
  });
}

const bareJid = ({ client }: GroupUser) => {
  const jid = parseBareJid(client.bare);
  if (!jid.ok) throw new Error(jid.error.reason);
  return jid.value;
};

/** The ids of all messages that a person has read, his own ones by their echoes, in the order of arrival. */
const heard = (person: GroupUser): (string | undefined)[] =>
  person.client
    .received()
    .map((stanza) => readEcho(stanza) ?? readGroupMessage(stanza))
    .filter((read) => read !== undefined && read.system === undefined && /^\d\/\d+$/.test(read.text))
    .map((read) => read?.stanzaId);
