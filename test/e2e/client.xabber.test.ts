import { answerTo, mentionOf } from '@xmpp-groups/client';
import { mentionedId } from '@xmpp-groups/core/xabber';
import { bare } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import { clientUsers, HOST, texts } from './client-users.js';
import { inWorld } from './world.js';

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const { user, verona } = clientUsers(inWorld('ejabberd by multicast'));

describe('XabberGroups over @xmpp/client by TCP', () => {
  it('finds hosts and groups, creates one, joins and leaves it', async () => {
    const { juliet, romeo, group } = await verona();
    expect(await romeo.groups.hosts(bare('localhost'))).toContain(HOST);
    expect(await romeo.groups.list(HOST)).toContainEqual({ group, name: 'Verona' });
    expect(await romeo.groups.describe(group)).toMatchObject({ name: 'Verona', privacy: 'public' });
    expect((await juliet.groups.members(group)).size).toBe(2);
    await romeo.groups.leave(group);
    await expect.poll(() => juliet.seen.members.at(-1)?.members.size).toBe(1);
    await expect(romeo.groups.members(group)).rejects.toMatchObject({ condition: 'not-allowed' });
  });

  it('sends, edits, retracts and pins, and reads the history', async () => {
    const { juliet, romeo, group } = await verona();
    const outcome = await juliet.groups.send(group, 'O <Romeo> & "more"').outcome;
    if (outcome.kind !== 'stored') throw outcome.error;
    await expect.poll(() => texts(romeo)).toEqual(['O <Romeo> & "more"']);
    await expect.poll(() => juliet.seen.message.some(({ own, live }) => own && live)).toBe(true);
    await juliet.groups.edit(group, outcome.stanzaId, 'O Romeo');
    await expect
      .poll(() => romeo.seen.edited.at(-1))
      .toMatchObject({
        stanzaId: outcome.stanzaId,
        message: { text: 'O Romeo' },
        version: 1,
      });
    await juliet.groups.pin(group, outcome.stanzaId);
    await expect.poll(() => String(romeo.groups.info(group)?.pinned)).toBe(outcome.stanzaId);
    const page = await romeo.groups.history(group, { before: '', max: 100 });
    expect(page.items.find(({ id }) => id === outcome.stanzaId)?.message).toMatchObject({
      text: 'O Romeo',
      edited: expect.any(String),
    });
    await juliet.groups.retract(group, { stanzaId: outcome.stanzaId });
    await expect
      .poll(() => romeo.seen.retracted.at(-1))
      .toMatchObject({
        what: { stanzaId: outcome.stanzaId },
        by: juliet.jid,
        version: 2,
      });
    await juliet.groups.pin(group, undefined);
    expect(romeo.seen.edited).toHaveLength(1);
  });

  it('catches up after an absence without a gap', async () => {
    const { juliet, romeo, group } = await verona();
    await juliet.groups.send(group, 'before').outcome;
    await expect.poll(() => texts(romeo)).toEqual(['before']);
    await romeo.entity.stop();
    for (let at = 0; at < 5; at += 1) await juliet.groups.send(group, `missed ${at}`).outcome;
    await romeo.entity.start();
    await juliet.groups.send(group, 'after').outcome;
    const all = ['before', ...Array.from({ length: 5 }, (_, at) => `missed ${at}`), 'after'];
    await expect.poll(() => texts(romeo)).toEqual(all);
    expect(romeo.seen.fault).toEqual([]);
  });

  it('tells what was rewritten during an absence, once each and in order', async () => {
    const { juliet, romeo, group, romeoId } = await verona();
    const ids: string[] = [];
    for (const text of ['one', 'two']) {
      const outcome = await juliet.groups.send(group, text).outcome;
      if (outcome.kind !== 'stored') throw outcome.error;
      ids.push(outcome.stanzaId);
    }
    const [one = '', two = ''] = ids;
    await juliet.groups.edit(group, one, 'eins');
    await expect.poll(() => romeo.seen.edited.length).toBe(1);
    await romeo.entity.stop();
    await juliet.groups.edit(group, two, 'zwei');
    await juliet.groups.retract(group, { stanzaId: one });
    await juliet.groups.retract(group, { author: romeoId });
    await romeo.entity.start();
    await expect.poll(() => romeo.seen.retracted).toHaveLength(2);
    await juliet.groups.retract(group, 'everything');
    await expect
      .poll(() => romeo.seen.retracted.map(({ what }) => what))
      .toEqual([{ stanzaId: one }, { author: romeoId }, 'everything']);
    expect(romeo.seen.edited.map(({ stanzaId, message }) => [stanzaId, message?.text])).toEqual([
      [one, 'eins'],
      [two, 'zwei'],
    ]);
    const versions = [...romeo.seen.edited, ...romeo.seen.retracted].map(({ version }) => version);
    expect(versions).toEqual([1, 2, 3, 4, 5]);
    expect(romeo.groups.position(group)?.rewrites).toBe(5);
  });

  it('does not tell one by one what is too much', async () => {
    const { juliet, romeo, group } = await verona();
    const sent = Array.from({ length: 51 }, (_, at) => juliet.groups.send(group, String(at)).outcome);
    const outcomes = await Promise.all(sent);
    await expect.poll(() => texts(romeo)).toHaveLength(51);
    await romeo.entity.stop();
    for (const outcome of outcomes) {
      if (outcome.kind !== 'stored') throw outcome.error;
      await juliet.groups.retract(group, { stanzaId: outcome.stanzaId });
    }
    await romeo.entity.start();
    await expect.poll(() => romeo.seen.invalidated).toEqual([{ group, version: 51 }]);
    expect(romeo.seen.retracted).toEqual([]);
  });

  it('mentions, answers, reacts, and marks as displayed', async () => {
    const { juliet, romeo, group, romeoId } = await verona();
    const text = 'A & B: <Romeo>, hark';
    const asked = await juliet.groups.send(group, text, [mentionOf(group, text, '<Romeo>', romeoId)]).outcome;
    if (asked.kind !== 'stored') throw asked.error;
    await expect.poll(() => texts(romeo)).toEqual([text]);
    const heard = romeo.seen.message.find(({ message }) => message.text === text)?.message;
    if (heard === undefined) throw new Error('not heard');
    expect(heard.mentions.map(mentionedId)).toEqual([romeoId]);
    await romeo.groups.displayed(heard);
    await expect
      .poll(() => juliet.seen.displayed)
      .toMatchObject([{ group, stanzaId: asked.stanzaId, id: asked.message.originId }]);
    await romeo.groups.send(group, 'I take thee at thy word', [answerTo(heard)]).outcome;
    await expect
      .poll(() => juliet.seen.message.at(-1)?.message)
      .toMatchObject({ text: 'I take thee at thy word', answered: asked.message.originId });
    expect((await romeo.groups.react(heard, ['🌹']).outcome).kind).toBe('stored');
    await expect
      .poll(() => juliet.seen.reaction)
      .toMatchObject([
        { to: asked.message.originId, emojis: ['🌹'], message: { card: { id: romeoId } }, own: false },
      ]);
    await romeo.groups.react(heard, []).outcome;
    await expect.poll(() => juliet.seen.reaction.at(-1)?.emojis).toEqual([]);
  });

  it('reads what one member wrote, and what has a word in it', async () => {
    const { juliet, romeo, group, romeoId } = await verona();
    for (const text of ['one', 'two']) {
      await juliet.groups.send(group, `${text} of hers`).outcome;
      await romeo.groups.send(group, `${text} of his`).outcome;
    }
    const found = async (question: Parameters<typeof juliet.groups.history>[1]) =>
      (await juliet.groups.history(group, question)).items.map(({ message }) => message.text);
    expect(await found({ author: romeoId })).toEqual(expect.arrayContaining(['one of his', 'two of his']));
    expect(await found({ author: romeoId })).not.toContain('one of hers');
    expect(await found({ text: 'two' })).toEqual(['two of hers', 'two of his']);
    const { first, complete } = await juliet.groups.history(group, { before: '', max: 1 });
    expect(complete).toBe(false);
    expect(await found({ before: first, max: 1 })).toEqual(['two of hers']);
    expect(await found({ ids: [first ?? ''] })).toEqual(['two of his']);
  });

  it('invites, and takes invitations back', async () => {
    const { juliet, group } = await verona();
    const paris = await user('paris');
    await juliet.groups.invite(group, paris.jid, 'Come');
    await expect.poll(() => paris.seen.invitation.at(0)?.invitation).toMatchObject({ group, reason: 'Come' });
    expect((await juliet.groups.invitations(group)).map(({ jid }) => jid)).toEqual([paris.jid]);
    await juliet.groups.revoke(group, paris.jid);
    expect(await juliet.groups.invitations(group)).toEqual([]);
    await juliet.groups.invite(group, paris.jid);
    await expect.poll(() => paris.seen.invitation).toHaveLength(2);
    await paris.groups.decline(group);
    expect(await juliet.groups.invitations(group)).toEqual([]);
  });

  it('finds groups by their words, and shows members in pages', async () => {
    const { juliet, romeo, group, romeoId } = await verona();
    const word = `rialto ${romeoId}`;
    await juliet.groups.setSettings(group, { description: word });
    expect(await romeo.groups.search(HOST, { description: word.toUpperCase() })).toEqual([
      {
        group,
        name: 'Verona',
        description: word,
        privacy: 'public',
        membership: 'open',
        members: 2,
      },
    ]);
    expect(await romeo.groups.search(HOST, { name: 'Mantua', description: word })).toEqual([]);
    const first = await juliet.groups.memberPage(group, { max: 1 });
    const second = await juliet.groups.memberPage(group, { after: first.last, max: 1 });
    expect(new Set([...first.members, ...second.members].map(({ id }) => id)).size).toBe(2);
    expect([first.count, second.count]).toEqual([2, 2]);
    expect((await juliet.groups.memberPage(group)).last).toBeUndefined();
  });

  it('restricts newcomers, and removes members', async () => {
    const { juliet, romeo, group, romeoId } = await verona();
    await juliet.groups.setDefaultRights(group, new Map([['send-messages', 3600]]));
    const shown = await juliet.groups.defaultRights(group);
    const messages = shown.find(({ name }) => name === 'send-messages');
    expect(messages).toMatchObject({ duration: 3600, durations: expect.arrayContaining([0, 300]) });
    expect(shown.filter(({ duration }) => duration !== undefined)).toEqual([messages]);
    await expect(romeo.groups.defaultRights(group)).rejects.toMatchObject({ condition: 'not-allowed' });
    await juliet.groups.kick(group, { ids: [romeoId] });
    await expect.poll(() => romeo.seen.ended).toEqual([{ group }]);
    await romeo.groups.join(group);
    expect(await romeo.groups.send(group, 'No').outcome).toMatchObject({ kind: 'failed' });
    await juliet.groups.setDefaultRights(group, new Map([['send-messages', undefined]]));
    expect((await juliet.groups.defaultRights(group)).every(({ duration }) => duration === undefined)).toBe(
      true,
    );
  });

  it('hands a group over', async () => {
    const { juliet, romeo, group, romeoId } = await verona();
    await expect(romeo.groups.transferOwnership(group, romeoId)).rejects.toMatchObject({
      condition: 'not-allowed',
    });
    await juliet.groups.transferOwnership(group, romeo.jid);
    expect((await juliet.groups.member(group, romeoId)).role).toBe('owner');
    expect((await juliet.groups.member(group, '')).role).not.toBe('owner');
    await romeo.groups.delete(group);
    await expect.poll(() => juliet.seen.ended).toEqual([{ group }]);
  });

  it('is spared updates by those who do not want them', async () => {
    const { romeo, group } = await verona();
    expect(await romeo.groups.receivesUpdates(group)).toBe(true);
    await romeo.groups.receiveUpdates(group, false);
    expect(await romeo.groups.receivesUpdates(group)).toBe(false);
    const joined = () =>
      romeo.seen.message.filter(({ message }) => message.system === 'join' && message.text.includes('paris'));
    const paris = await user('paris');
    await paris.groups.join(group);
    await paris.groups.send(group, 'Here I am').outcome;
    await expect.poll(() => texts(romeo)).toEqual(['Here I am']);
    expect(joined()).toEqual([]);
    await romeo.groups.receiveUpdates(group, true);
    await paris.groups.leave(group);
    await expect.poll(() => romeo.seen.message.at(-1)?.message.system).toBe('left');
  });

  it('changes rights, names, settings, the status and avatars', async () => {
    const { juliet, romeo, group, romeoId } = await verona();
    await juliet.groups.setRights(group, romeoId, new Map([['send-messages', 3600]]));
    const own = await romeo.groups.rights(group, '');
    expect(own.find(({ name }) => name === 'send-messages')?.until).toBeGreaterThan(0);
    expect(await romeo.groups.send(group, 'No').outcome).toMatchObject({
      kind: 'failed',
      error: { condition: 'not-allowed' },
    });
    await romeo.groups.rename(group, '', { nickname: 'Montague' });
    expect((await juliet.groups.member(group, romeoId)).nickname).toBe('Montague');
    await juliet.groups.setSettings(group, { description: 'Two houses', membership: 'member-only' });
    expect(await juliet.groups.settings(group)).toMatchObject({
      name: 'Verona',
      description: 'Two houses',
      membership: 'member-only',
    });
    expect(await juliet.groups.setStatus(group, 'fiesta')).toBe('fiesta');
    expect((await juliet.groups.status(group)).choices).toContain('restricted');
    const id = await juliet.groups.publishAvatar(group, 'group', { bytes: PNG, type: 'image/png' });
    await expect.poll(() => romeo.seen.avatar.at(-1)?.avatar.info?.id).toBe(id);
    expect(await romeo.groups.avatar(group, 'group', id)).toEqual(PNG);
    await juliet.groups.removeAvatar(group, 'group');
    await expect.poll(() => romeo.seen.avatar.at(-1)?.avatar).toMatchObject({ info: undefined });
  });

  it('blocks and lets in again, is present, and deletes', async () => {
    const { juliet, romeo, group, romeoId } = await verona();
    const close = romeo.groups.present(group);
    await expect.poll(() => romeo.groups.info(group)?.present).toBe(1);
    close();
    await juliet.groups.block(group, { ids: [romeoId] });
    await expect.poll(() => romeo.seen.ended).toEqual([{ group }]);
    expect((await juliet.groups.blocked(group)).users).toEqual([{ jid: romeo.jid, id: romeoId }]);
    await expect(romeo.groups.join(group)).rejects.toMatchObject({ condition: 'turned-away' });
    await juliet.groups.unblock(group, { jids: [romeo.jid] });
    await romeo.groups.join(group);
    await juliet.groups.delete(group);
    await expect.poll(() => romeo.seen.ended).toHaveLength(2);
  });
});
