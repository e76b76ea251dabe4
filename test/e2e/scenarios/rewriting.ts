import { pick } from '@xmpp-groups/core/codec';
import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import { message } from '@xmpp-groups/core/stanza';
import { reference, retractAll, retractMessage, retractUser } from '@xmpp-groups/core/xabber';
import {
  correction,
  displayed,
  moderation,
  reactions,
  reply,
  retraction,
  standardReference,
} from '@xmpp-groups/core/xep';
import { NS, type XmlElement, xml } from '@xmpp-groups/core/xml';
import { type GroupUser, plainText } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import type { World } from '../world.js';

const NOT_ALLOWED = { condition: 'not-allowed' };

/** What is in a message from `group`; nothing in any other stanza. */
const payloadFrom = (group: BareJid, stanza: XmlElement): readonly XmlElement[] => {
  const read = message.is(stanza) ? message.parse(stanza) : undefined;
  return read?.ok && bareOf(read.value.from) === group ? read.value.payload : [];
};

const idIn = ({ stanzaId }: { readonly stanzaId: string | undefined }): string => {
  if (stanzaId === undefined) throw new Error('a message without an id in the archive');
  return stanzaId;
};

/** The texts of the archive, without what the group said itself. */
const archive = async (user: GroupUser, group: BareJid): Promise<string[]> => {
  const { items } = await user.history(group);
  return items.filter(({ message: { system } }) => system === undefined).map(({ message: { text } }) => text);
};

/** Reference 12.5, 6.1 and 6.6. */
export function rewriting(world: World): void {
  /** Juliet, the owner, with Romeo and the nurse. */
  const household = async (options: { readonly privacy?: 'incognito' } = {}) => {
    const [juliet, romeo, nurse] = await Promise.all(
      ['juliet', 'romeo', 'nurse'].map(async (name) => (await world.person(name)).device()),
    );
    if (!juliet || !romeo || !nurse) throw new Error('three people were asked for');
    const group = await juliet.create(world.groups, { name: 'Verona', ...options });
    await romeo.join(group);
    await nurse.join(group);
    return { group, juliet, romeo, nurse };
  };
  type Household = Awaited<ReturnType<typeof household>>;
  const told = ({ group, juliet, romeo, nurse }: Household, what: Parameters<GroupUser['learns']>[1]) =>
    Promise.all([juliet, romeo, nurse].map((user) => user.learns(group, what)));

  describe('rewriting of the history', () => {
    it('row 79: a message is retracted by its author, or with delete-messages, and all are told', async () => {
      const all = await household();
      const { group, juliet, romeo, nurse } = all;
      const first = idIn(await romeo.post(group, 'one'));
      const second = idIn(await romeo.post(group, 'two'));

      await expect(nurse.retract(group, first)).rejects.toMatchObject(NOT_ALLOWED);
      await expect(nurse.retract(group, '1')).rejects.toMatchObject({ condition: 'item-not-found' });
      await romeo.retract(group, first);
      for (const notice of await told(all, 'retract-message')) {
        expect(notice).toMatchObject({
          id: first,
          by: romeo.client.bare,
          version: 1,
          conversation: group,
          type: NS.groups,
          from: `${group}/Group`,
        });
      }
      expect(await archive(nurse, group)).toEqual(['two']);
      await juliet.client.iq(`${group}/Group`, 'set', retractMessage.build({ id: second, symmetric: true }));
      expect((await nurse.learns(group, 'retract-message')).version).toBe(2);
      expect(await archive(nurse, group)).toEqual([]);
    });

    it('row 80: all messages of one member', async () => {
      const all = await household();
      const { group, juliet, romeo, nurse } = all;
      await romeo.post(group, 'one');
      await nurse.post(group, 'two');
      await romeo.post(group, 'three');
      const { users } = await romeo.members(group, { id: '' });
      const id = users[0]?.id ?? '';
      const request = retractUser.build({ id, symmetric: true });
      await expect(nurse.client.iq(group, 'set', request)).rejects.toMatchObject(NOT_ALLOWED);
      await juliet.client.iq(group, 'set', request);
      for (const notice of await told(all, 'retract-user')) {
        expect(notice).toMatchObject({ id, version: 1, conversation: group, type: NS.groups });
      }
      expect(await archive(nurse, group)).toEqual(['two']);
    });

    it('row 81: all messages', async () => {
      const all = await household();
      const { group, juliet, romeo, nurse } = all;
      await romeo.post(group, 'one');
      const request = retractAll.build({ symmetric: true });
      await expect(nurse.client.iq(group, 'set', request)).rejects.toMatchObject(NOT_ALLOWED);
      await juliet.client.iq(group, 'set', request);
      for (const notice of await told(all, 'retract-all')) {
        expect(notice).toMatchObject({ version: 1, conversation: group, type: NS.groups });
      }
      expect((await nurse.history(group)).items).toEqual([]);
      await romeo.post(group, 'two');
      expect(await archive(nurse, group)).toEqual(['two']);
    });

    it('row 82: an author replaces his message, references are shifted, the archive holds the new one', async () => {
      const all = await household();
      const { group, romeo, nurse } = all;
      const sent = await romeo.post(group, 'Helo');
      const bold = reference.build({
        type: 'decoration',
        begin: 0,
        end: 5,
        payload: [xml('bold', { xmlns: NS.markup })],
      });
      await expect(nurse.replace(group, idIn(sent), 'Bye')).rejects.toMatchObject(NOT_ALLOWED);
      await romeo.replace(group, idIn(sent), 'Hello', [bold]);
      const header = `${romeo.client.bare}:\n`;
      for (const notice of await told(all, 'replace')) {
        expect(notice).toMatchObject({ id: sent.stanzaId, version: 1, conversation: group, type: NS.groups });
        expect(notice.message).toMatchObject({
          text: 'Hello',
          body: `${header}Hello`,
          stanzaId: sent.stanzaId,
          originId: sent.originId,
        });
      }
      const correctionOf = (stanza: XmlElement) => pick(correction, payloadFrom(group, stanza));
      const copy = await nurse.client.expect((stanza) => correctionOf(stanza)?.ok === true);
      expect(correctionOf(copy)).toMatchObject({ value: { id: sent.id } });
      expect(plainText(copy)).toBe(`${header}Hello`);
      const { items } = await nurse.history(group, { ids: [idIn(sent)] });
      expect(items.map(({ message: found }) => found.text)).toEqual(['Hello']);
      const kept = items.flatMap(({ message: { element } }) => element.children);
      expect(kept.some((child) => typeof child !== 'string' && child.name === 'replaced')).toBe(true);
    });

    it('row 83: who was away is told what he missed, or that it was too much', async () => {
      const { group, romeo, nurse } = await household();
      expect(await nurse.rewrites(group)).toEqual({ notices: [], version: 0 });
      await nurse.client.sendPresence({ type: 'unavailable' });
      const sent = await romeo.post(group, 'one');
      await romeo.replace(group, idIn(sent), 'two');
      const gone = await romeo.post(group, 'three');
      await romeo.retract(group, idIn(gone));
      const { notices, version } = await nurse.rewrites(group, 0, 50);
      expect(version).toBe(2);
      expect(notices.map(({ what, version: at }) => `${at} ${what}`)).toEqual([
        '1 replace',
        '2 retract-message',
      ]);
      expect(notices[0]?.message?.text).toBe('two');
      expect((await nurse.rewrites(group, 1)).notices).toHaveLength(1);
      expect((await nurse.rewrites(group, 2)).notices).toEqual([]);
      const tooMuch = await nurse.rewrites(group, 0, 1);
      expect(tooMuch.notices).toMatchObject([{ what: 'invalidate', version: 2, conversation: group }]);
      const stranger = await (await world.person('paris')).device();
      await expect(stranger.rewrites(group, 0)).rejects.toMatchObject(NOT_ALLOWED);
    });

    it('in an incognito group nobody learns who retracted', async () => {
      const all = await household({ privacy: 'incognito' });
      await all.juliet.retract(all.group, idIn(await all.romeo.post(all.group, 'one')));
      for (const { by } of await told(all, 'retract-message')) expect(by).toBeUndefined();
    });

    it('the standard forms: a plain client corrects and retracts, a Xabber client sees both', async () => {
      const { group, romeo, nurse } = await household();
      const sent = await romeo.post(group, 'Helo');
      const originId = sent.originId ?? '';
      await romeo.send(group, 'Hello', [correction.build({ id: originId })]);
      expect((await nurse.learns(group, 'replace')).message).toMatchObject({
        text: 'Hello',
        stanzaId: sent.stanzaId,
      });
      // A correction of somebody else's message is a message of one's own.
      const own = await nurse.post(group, 'Bye', [correction.build({ id: originId })]);
      expect(await archive(romeo, group)).toEqual(['Hello', 'Bye']);
      expect((await romeo.hears(group, 'Bye')).stanzaId).toBe(own.stanzaId);

      await romeo.client.send(
        xml('message', { to: group, type: 'chat', id: 'r1' }, [retraction.build({ id: originId })]),
      );
      expect((await nurse.learns(group, 'retract-message')).id).toBe(sent.stanzaId);
      expect(await archive(romeo, group)).toEqual(['Bye']);
    });

    it('the standard forms: a plain client that was away finds the retraction when it is back', async () => {
      const { group, romeo, nurse } = await household();
      const sent = await romeo.post(group, 'one');
      await nurse.hears(group, 'one');
      await nurse.client.sendPresence({ type: 'unavailable' });
      // With the answer it is certain that her server took her leave.
      await nurse.rewrites(group);
      nurse.client.mark();
      await romeo.retract(group, idIn(sent));
      // The answer is behind it on the same way.
      await romeo.post(group, 'two');
      await nurse.client.sendPresence();
      const retracted = (stanza: XmlElement) => pick(retraction, payloadFrom(group, stanza));
      const found = await nurse.client.expect((stanza) => retracted(stanza)?.ok === true);
      expect(retracted(found)).toMatchObject({ value: { id: sent.id } });
    });

    it('the standard forms: moderation is for those who hold delete-messages', async () => {
      const { group, juliet, romeo, nurse } = await household();
      const sent = await romeo.post(group, 'one');
      const request = moderation.build({ id: idIn(sent), retracts: true, reason: 'Spam' });
      await expect(nurse.client.iq(group, 'set', request)).rejects.toMatchObject(NOT_ALLOWED);
      await juliet.client.iq(group, 'set', request);
      expect((await nurse.learns(group, 'retract-message')).id).toBe(sent.stanzaId);
    });

    it('the standard forms: reactions and answers reach all under the id that they know', async () => {
      const { group, romeo, nurse, juliet } = await household();
      const sent = await romeo.post(group, 'one');
      const stanza = reactions.build({ id: idIn(sent), emojis: ['👋'] });
      await nurse.client.send(xml('message', { to: group, type: 'chat', id: 'e1' }, [stanza]));
      const reaction = (element: XmlElement) => pick(reactions, payloadFrom(group, element));
      const came = await juliet.client.expect((element) => reaction(element)?.ok === true);
      expect(reaction(came)).toMatchObject({ value: { id: sent.id, emojis: ['👋'] } });

      await nurse.send(group, 'two', [reply.build({ to: romeo.client.jid, id: idIn(sent) })]);
      const answer = await juliet.hears(group, 'two');
      expect(pick(reply, payloadFrom(group, answer.element))).toMatchObject({
        value: { id: sent.id, to: group },
      });
    });
  });

  describe('markers and references', () => {
    const marker = (group: BareJid, id: string, stanzaId?: string): XmlElement =>
      xml('message', { to: group, type: 'chat', id: 'm1' }, [
        displayed.build({ id, stanzaIds: stanzaId === undefined ? [] : [{ by: group, id: stanzaId }] }),
      ]);
    const markerIn = (group: BareJid, stanza: XmlElement) => pick(displayed, payloadFrom(group, stanza));

    it('row 37: the author of a message is told once that it was seen', async () => {
      const { group, juliet, romeo, nurse } = await household();
      const sent = await romeo.post(group, 'one');
      await nurse.client.send(marker(group, sent.id ?? '', idIn(sent)));
      const seen = await romeo.client.expect((stanza) => markerIn(group, stanza)?.ok === true);
      expect(markerIn(group, seen)).toEqual({
        ok: true,
        value: { id: sent.id, stanzaIds: [{ by: group, id: sent.stanzaId }] },
      });
      await juliet.client.send(marker(group, sent.id ?? '', idIn(sent)));
      await romeo.client.none((stanza) => markerIn(group, stanza)?.ok === true, group);
      // By the author's id alone, as other clients do it.
      const again = await romeo.post(group, 'two');
      await juliet.client.send(marker(group, again.id ?? ''));
      const second = await romeo.client.expect((stanza) => markerIn(group, stanza)?.ok === true);
      expect(markerIn(group, second)).toMatchObject({ value: { id: again.id } });
    });

    it("row 38: that a message came, and receipts, are nobody's business", async () => {
      const { group, romeo, nurse } = await household();
      const sent = await romeo.post(group, 'one', [xml('request', { xmlns: NS.receipts })]);
      const copy = await nurse.hears(group, 'one');
      expect(payloadFrom(group, copy.element).some(({ name }) => name === 'request')).toBe(true);
      for (const xmlns of [NS.chatMarkers, NS.receipts]) {
        await nurse.client.send(
          xml('message', { to: group, type: 'chat', id: 'm2' }, [xml('received', { xmlns, id: sent.id })]),
        );
      }
      await nurse.post(group, 'two');
      await romeo.hears(group, 'two');
      const isReceipt = (stanza: XmlElement) =>
        payloadFrom(group, stanza).some(({ name }) => name === 'received');
      expect(romeo.client.received(isReceipt)).toEqual([]);
    });

    it('row 42: mentions are shifted, those of the standard in their own count', async () => {
      const nurse = await (await world.person('nurse')).device();
      const author = await (await world.person('juliet', { nickname: 'A & B' })).device();
      const group = await author.create(world.groups, { name: 'Verona' });
      await nurse.join(group);
      await expect
        .poll(async () => (await author.members(group, { id: '' })).users[0]?.nickname)
        .toBe('A & B');
      const mention = xml('mention', { xmlns: NS.markup, node: NS.groups }, [`xmpp:${group}?id=`]);
      await author.post(group, 'Nurse, come', [
        reference.build({ type: 'decoration', begin: 0, end: 5, payload: [mention] }),
        standardReference.build({ type: 'mention', begin: 0, end: 5, uri: `xmpp:${nurse.client.bare}` }),
      ]);
      const { element } = await nurse.hears(group, 'Nurse, come');
      const payload = payloadFrom(group, element);
      // A, blank, &amp;, blank, B, colon, line feed; without escaping & is one.
      expect(pick(reference, payload)).toMatchObject({
        value: { begin: 11, end: 16, payload: [{ name: 'mention' }] },
      });
      expect(pick(standardReference, payload)).toMatchObject({ value: { begin: 7, end: 12 } });
    });

    it('row 43: files, voice messages and forwarded messages are passed on as they are', async () => {
      const { group, romeo, nurse } = await household();
      const file = xml('file-sharing', { xmlns: 'https://xabber.com/protocol/files' }, [
        xml('file', {}, [xml('media-type', {}, ['audio/ogg']), xml('name', {}, ['a & b.ogg'])]),
        xml('sources', {}, [xml('uri', {}, ['https://example.com/a'])]),
      ]);
      const voice = xml('voice-message', { xmlns: 'https://xabber.com/protocol/voice-messages' }, [file]);
      const forwarded = xml('forwarded', { xmlns: NS.forward }, [
        xml('message', { xmlns: NS.client, from: 'paris@example.net', type: 'chat' }, [
          xml('body', {}, ['Hm']),
        ]),
      ]);
      const references = [file, voice, forwarded].map((payload) =>
        reference.build({ type: 'mutable', begin: 0, end: 3, payload: [payload] }),
      );
      await romeo.post(group, 'see', references);
      const copy = await nurse.hears(group, 'see');
      const length = [...romeo.client.bare].length + 2;
      const came = payloadFrom(group, copy.element)
        .filter((child) => reference.is(child))
        .map((child) => reference.parse(child));
      expect(came.map((read) => read.ok && [read.value.begin, read.value.end])).toEqual(
        references.map(() => [length, length + 3]),
      );
      const names = came.flatMap((read) => (read.ok ? read.value.payload.map(({ name }) => name) : []));
      expect(names).toEqual(['file-sharing', 'voice-message', 'forwarded']);
    });
  });
}
