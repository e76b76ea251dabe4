import {
  openXabberPage,
  startChromium,
  type XabberPage,
  xabberChat,
  xabberFinding,
  xabberGroup,
} from '@xmpp-groups/browser';
import { serialise, xml } from '@xmpp-groups/core/xml';
import { bare, groupSettings } from '@xmpp-groups/harness';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GROUPS, inWorld, type Person } from '../world.js';
import { PNG } from './png.js';

const folder = process.env.XABBER_WEB ?? '';
const BLOCKING = 'urn:xmpp:blocking';
const IMAGE = { name: 'red.png', mimeType: 'image/png', buffer: PNG.bytes };
const LETTER = { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('Ay me!') };

/** Everything that one person does with xabber-web. */
function userOf(client: XabberPage) {
  return {
    ...client,
    ...xabberFinding(client),
    chat: xabberChat(client),
    group: (jid: string) => xabberGroup(client, jid),
  };
}

describe('xabber-web 2.3.2', () => {
  const world = inWorld('ejabberd by multicast', {}, { uploads: true });
  let browser: Awaited<ReturnType<typeof startChromium>> | undefined;
  const opened: XabberPage[] = [];
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      for (const { jid, page, traffic } of opened) {
        await page.screenshot({ path: `test-results/${jid}-${task.name.slice(0, 30)}.png` });
        console.log(jid, traffic.complaints.slice(-10), traffic.sent.slice(-6), traffic.received.slice(-6));
      }
    }
    await Promise.all(opened.splice(0).map((client) => client.close()));
    await world.sendHome();
  });
  afterAll(async () => {
    await browser?.close();
  });
  const xabber = async ({ name, password }: Person) => {
    if (browser === undefined) throw new Error('the browser is not there yet');
    const client = await openXabberPage({ browser, server: world.server, user: name, password }, folder);
    opened.push(client);
    return userOf(client);
  };
  /** By what name a group knows who uses a page: the one member whose address is shown. */
  const nicknameIn = async ({ group, jid }: ReturnType<typeof userOf>, address: string): Promise<string> =>
    (await group(address).members()).find((member) => member.jid === jid)?.nickname ?? '';
  let groups = 0;
  const newGroup = (name = 'Verona Square') => {
    groups += 1;
    const localpart = `verona${groups}`;
    return {
      jid: bare(`${localpart}@${GROUPS}`),
      group: { host: GROUPS, localpart, name, privacy: 'public' as const },
    };
  };

  it('creates a public group, writes in it, edits, retracts, answers, pins and unpins', async () => {
    const juliet = await xabber(await world.person('juliet', { nickname: 'Juliet' }));
    const { jid, group } = newGroup();
    await juliet.create({ ...group, description: 'Where families fight' });
    await expect.poll(() => juliet.known(jid, 'group_chat')).toBe(true);
    const romeo = await (await world.person('romeo', { nickname: 'Romeo' })).device();
    await romeo.join(jid);
    await expect.poll(() => juliet.chat.texts()).toContain('Romeo joined chat');

    const text = 'Ay me! & <so> on "here"';
    await juliet.chat.write(text);
    await romeo.hears(jid, text);
    await expect.poll(() => juliet.chat.stateOf(text)).toBe('delivered');
    await romeo.post(jid, 'She speaks & <speaks>');
    await expect
      .poll(() => juliet.chat.messages())
      .toContainEqual({ text: 'She speaks & <speaks>', author: 'Romeo', kind: 'main' });

    await juliet.chat.edit(text, 'Ay me! & so on');
    expect((await romeo.learns(jid, 'replace')).message?.text).toBe('Ay me! & so on');
    await expect.poll(() => juliet.chat.texts()).toContain('Ay me! & so on');

    await juliet.chat.pin('She speaks & <speaks>');
    await expect.poll(() => juliet.chat.pinned()).toContain('She speaks & <speaks>');
    await juliet.chat.unpin();
    await expect.poll(() => juliet.chat.pinned()).not.toContain('She speaks');

    await juliet.chat.reply('She speaks & <speaks>', 'O Romeo');
    await romeo.client.expect((stanza) => serialise(stanza).includes('O Romeo'));

    await juliet.chat.retract('Ay me! & so on');
    await romeo.learns(jid, 'retract-message');
    await expect.poll(() => juliet.chat.texts()).not.toContain('Ay me! & so on');
    await juliet.chat.retract('O Romeo');
    await romeo.learns(jid, 'retract-message');
  });

  it('shows a group: its members, their cards, its properties and avatars', async () => {
    const person = await world.person('juliet', { nickname: 'Juliet' });
    const juliet = await xabber(person);
    const { jid, group } = newGroup();
    await juliet.create({ ...group, description: 'Where families fight' });
    const romeo = await (await world.person('romeo', { nickname: 'Romeo' })).device();
    await romeo.join(jid);
    const page = juliet.group(jid);
    await expect
      .poll(async () => (await page.members()).map(({ nickname, role }) => [nickname, role]))
      .toEqual([
        ['Juliet', 'owner'],
        ['Romeo', ''],
      ]);
    expect(await page.property('name')).toBe('Verona Square');
    expect(await page.property('description')).toBe('Where families fight');

    await page.rename('Romeo', 'Montague');
    await expect.poll(async () => (await romeo.members(jid, { id: '' })).users[0]?.nickname).toBe('Montague');
    await page.giveBadge('Montague', 'poet');
    await expect.poll(async () => (await romeo.members(jid, { id: '' })).users[0]?.badge).toBe('poet');
    await page.giveAvatar('Montague', IMAGE);
    await romeo.avatarEvent(jid, ({ info }) => info !== undefined);
    await page.giveGroupAvatar(IMAGE);
    await romeo.avatarEvent(jid, ({ owner, info }) => owner === undefined && info !== undefined);
  });

  it('changes properties, status and default rights', async () => {
    const juliet = await xabber(await world.person('juliet', { nickname: 'Juliet' }));
    const { jid, group } = newGroup();
    await juliet.create(group);
    const romeo = await (await world.person('romeo', { nickname: 'Romeo' })).device();
    await romeo.join(jid);
    const page = juliet.group(jid);
    await page.change({ name: 'Mantua', description: 'Where Romeo is banished', index: 'local' });
    expect(await romeo.sees(jid, ({ name }) => name === 'Mantua')).toMatchObject({
      description: 'Where Romeo is banished',
      index: 'local',
      membership: 'open',
    });
    await page.setStatus('regulated');
    await expect.poll(() => juliet.known(jid, 'status')).toBe('away');
    await page.setDefault('send-messages', 3600);
    const nurse = await (await world.person('nurse')).device();
    await nurse.join(jid);
    await expect.poll(async () => page.rightsOf('nurse')).toContain('send-messages');
  });

  it('gives and takes rights, kicks, blocks and unblocks', async () => {
    const juliet = await xabber(await world.person('juliet', { nickname: 'Juliet' }));
    const { jid, group } = newGroup();
    await juliet.create(group);
    const person = await world.person('romeo', { nickname: 'Romeo' });
    const romeo = await person.device();
    await romeo.join(jid);
    const page = juliet.group(jid);
    await page.setRight('Romeo', 'change-group', true);
    await expect.poll(async () => (await romeo.members(jid, { id: '' })).users[0]?.role).toBe('admin');
    await page.setRight('Romeo', 'change-group', false);
    await expect.poll(async () => (await romeo.members(jid, { id: '' })).users[0]?.role).toBe('member');
    await page.setRight('Romeo', 'send-messages', true, 3600);
    expect(await page.rightsOf('Romeo')).toEqual(['send-messages']);
    await page.setRight('Romeo', 'send-messages', false);
    expect(await page.rightsOf('Romeo')).toEqual([]);

    await page.kick('Romeo');
    await romeo.dismissed(jid);
    await expect.poll(async () => (await page.members()).length).toBe(1);
    await romeo.join(jid);
    await expect.poll(async () => (await page.members()).length).toBe(2);
    await page.block('Romeo');
    await romeo.dismissed(jid);
    expect(await page.blocked()).toEqual([person.bare]);
    await page.unblock(person.bare);
    await expect.poll(() => page.blocked()).toEqual([]);
    await romeo.join(jid);
  });

  it('discovers groups, joins one, reads its history after a new login, and leaves', async () => {
    const owner = await (await world.person('juliet', { nickname: 'Juliet' })).device();
    const jid = await owner.create(GROUPS, { name: 'Verona Square', index: 'local' });
    await owner.post(jid, 'Good morrow, cousin');
    const person = await world.person('romeo', { nickname: 'Romeo' });
    const romeo = await xabber(person);
    expect(await romeo.discover(GROUPS)).toContain(jid);
    await romeo.joinDiscovered(jid);
    await owner.told(jid, 'join');
    // It asks for the history before it has joined; what it was refused then comes when one looks for older messages.
    await romeo.chat.scrollUp();
    await expect.poll(() => romeo.chat.texts()).toContain('Good morrow, cousin');
    await romeo.chat.write('Is the day so young?');
    await owner.hears(jid, 'Is the day so young?');
    await romeo.close();

    const again = await xabber(person);
    await expect.poll(() => again.known(jid, 'group_chat')).toBe(true);
    await again.openChat(jid);
    await expect
      .poll(() => again.chat.texts())
      .toEqual(expect.arrayContaining(['Good morrow, cousin', 'Romeo joined chat', 'Is the day so young?']));
    expect(await again.chat.search('morrow')).toEqual(['Good morrow, cousin']);
    expect(await again.group(jid).messagesOf('Juliet')).toEqual(['Good morrow, cousin']);
    await again.group(jid).leave();
    await owner.told(jid, 'left');
  });

  it('invites, accepts, declines and revokes, by its own message and by the group', async () => {
    const [juliet, romeo] = [
      await world.person('juliet', { nickname: 'Juliet' }),
      await world.person('romeo'),
    ];
    const [inviter, guest] = [await juliet.device(), await romeo.device()];
    for (const [one, other] of [
      [inviter, romeo],
      [guest, juliet],
    ] as const) {
      await one.client.roster.set(other.bare);
      await one.client.sendPresence({ to: other.bare, type: 'subscribe' });
      await one.client.sendPresence({ to: other.bare, type: 'subscribed' });
    }
    const [host, invited] = [await xabber(juliet), await xabber(romeo)];
    const open = newGroup();
    await host.create(open.group);
    await host.group(open.jid).invite(romeo.bare);
    expect(await invited.invitation(open.jid)).toContain(open.jid);
    await invited.accept();
    await expect.poll(async () => (await host.group(open.jid).members()).length).toBe(2);

    const closed = newGroup('Capulets');
    await host.create({ ...closed.group, membership: 'member-only' });
    await host.group(closed.jid).invite(romeo.bare);
    expect(await invited.invitation(closed.jid)).toContain('Capulets');
    expect(await host.group(closed.jid).invitations()).toEqual([romeo.bare]);
    await invited.decline();
    await expect.poll(() => host.group(closed.jid).invitations()).toEqual([]);
    await host.group(closed.jid).invite(romeo.bare);
    await expect.poll(() => host.group(closed.jid).invitations()).toEqual([romeo.bare]);
    await host.group(closed.jid).revoke(romeo.bare);
    await expect.poll(() => host.group(closed.jid).invitations()).toEqual([]);
  });

  it('is incognito: shows no addresses', async () => {
    const juliet = await xabber(await world.person('juliet'));
    const { jid, group } = newGroup('Masked ball');
    await juliet.create({ ...group, privacy: 'incognito' });
    const person = await world.person('romeo');
    await (await person.device()).join(jid);
    const romeo = await xabber(person);
    await expect.poll(() => romeo.known(jid, 'incognito_chat')).toBe(true);
    await romeo.openChat(jid);
    await romeo.chat.write('If I profane with my unworthiest hand');
    await expect.poll(() => juliet.chat.texts()).toContain('If I profane with my unworthiest hand');
    const shown = await romeo.group(jid).members();
    expect(shown.map((member) => member.jid).sort()).toEqual(['', person.bare]);
    expect(romeo.traffic.received.filter((text) => text.includes(juliet.jid))).toEqual([]);
  });

  it('opens a private chat inside an incognito group, which ends when one leaves it', async () => {
    const juliet = await xabber(await world.person('juliet'));
    const { jid, group } = newGroup('Masked ball');
    await juliet.create({ ...group, privacy: 'incognito' });
    const person = await world.person('romeo');
    const device = await person.device();
    await device.join(jid);
    const romeo = await xabber(person);
    await expect.poll(() => romeo.known(jid, 'incognito_chat')).toBe(true);
    const [hers, his] = [await nicknameIn(juliet, jid), await nicknameIn(romeo, jid)];

    await juliet.group(jid).privateChat(his);
    await expect.poll(() => juliet.openedChat()).not.toBe(jid);
    const chat = bare(await juliet.openedChat());
    expect(await romeo.invitation(chat)).toContain(`${hers} from Masked ball invited you to chat privately`);
    await romeo.accept();
    for (const user of [juliet, romeo]) {
      await expect.poll(() => user.known(chat, 'private_chat')).toBe(jid);
      await expect.poll(() => user.known(chat, 'subscription')).toBe('both');
    }
    await juliet.chat.write('Who are you?');
    await expect.poll(() => romeo.chat.texts()).toContain('Who are you?');
    await romeo.chat.write('One who knows not how to tell you');
    await expect
      .poll(() => juliet.chat.messages())
      .toContainEqual({ text: 'One who knows not how to tell you', author: his, kind: 'main' });
    await expect.poll(() => romeo.chat.stateOf('One who knows')).toBe('displayed');
    expect(romeo.traffic.received.filter((text) => text.includes(juliet.jid))).toEqual([]);
    // As the owner of the group she knows who he is; the chat does not tell her.
    const told = juliet.traffic.received.filter((text) => text.includes(`from='${chat}`));
    expect(told.filter((text) => text.includes(person.bare))).toEqual([]);

    await romeo.openChat(jid);
    await romeo.group(jid).privateChat(hers);
    await expect.poll(() => romeo.openedChat()).toBe(chat);
    expect(romeo.traffic.received.filter((text) => text.includes('<conflict '))).toHaveLength(1);
    expect(await romeo.chat.texts()).toContain('Who are you?');

    await romeo.group(chat).leave();
    await expect.poll(() => juliet.known(chat, 'subscription')).not.toBe('both');
    await expect(device.members(chat)).rejects.toMatchObject({ condition: 'item-not-found' });
    // It is begun anew, at the same address.
    await juliet.openChat(jid);
    await juliet.group(jid).privateChat(his);
    await expect.poll(() => juliet.openedChat()).toBe(chat);
    expect(await romeo.invitation(chat)).toContain('invited you to chat privately');
    expect(await juliet.chat.texts()).not.toContain('Who are you?');
  });

  it('is held back by slow mode, and sends again what was refused', async () => {
    const owner = await (await world.person('juliet', { nickname: 'Juliet' })).device();
    const jid = await owner.create(GROUPS, { name: 'Verona' });
    const person = await world.person('romeo', { nickname: 'Romeo' });
    await (await person.device()).join(jid);
    const romeo = await xabber(person);
    await expect.poll(() => romeo.known(jid, 'group_chat')).toBe(true);
    await romeo.openChat(jid);
    const { setProperties } = groupSettings(owner.client);
    await setProperties(jid, { 'slow-mode': '3600' });
    await romeo.chat.write('the first');
    await owner.hears(jid, 'the first');
    await romeo.chat.write('the second');
    await expect.poll(() => romeo.chat.stateOf('the second')).toBe('error');
    await expect.poll(() => romeo.chat.texts()).toContainEqual(expect.stringMatching(/^Slow mode: .* 3600 /));
    const refusals = () => romeo.traffic.received.filter((text) => text.includes('<policy-violation')).length;
    await romeo.chat.sendAgain('the second');
    await expect.poll(refusals).toBe(2);
    await expect.poll(() => romeo.chat.stateOf('the second')).toBe('error');

    await setProperties(jid, { 'slow-mode': '1' });
    await expect
      .poll(async () => {
        if ((await romeo.chat.stateOf('the second')) === 'error') await romeo.chat.sendAgain('the second');
        return romeo.chat.stateOf('the second');
      })
      .toBe('delivered');
    await owner.hears(jid, 'the second');
    const { items } = await owner.history(jid);
    const texts = items.map(({ message }) => message.text);
    expect(texts.filter((text) => text?.startsWith('the '))).toEqual(['the first', 'the second']);
    expect((await romeo.chat.texts()).filter((text) => text === 'the second')).toHaveLength(1);
  });

  it('sees that an avatar was taken away', async () => {
    const juliet = await xabber(await world.person('juliet', { nickname: 'Juliet' }));
    const { jid, group } = newGroup();
    await juliet.create(group);
    const romeo = await (await world.person('romeo', { nickname: 'Romeo' })).device();
    await romeo.join(jid);
    const page = juliet.group(jid);
    await page.giveAvatar('Romeo', IMAGE);
    await expect.poll(() => page.avatarOf('Romeo')).toBeTruthy();
    await romeo.removeAvatar(jid, '');
    await expect.poll(() => page.avatarOf('Romeo')).toBeFalsy();
    await juliet.openChat(jid);
    await romeo.post(jid, 'Deny thy father');
    await expect.poll(() => juliet.chat.texts()).toContain('Deny thy father');
  });

  it('blocks the group that invites', async () => {
    const owner = await (await world.person('juliet', { nickname: 'Juliet' })).device();
    const jid = await owner.create(GROUPS, { name: 'Capulets', membership: 'member-only' });
    const person = await world.person('romeo');
    const romeo = await xabber(person);
    // What overtakes the presence of a new device waits on the server until the next login.
    await expect.poll(() => romeo.traffic.received.some((text) => text.startsWith('<presence '))).toBe(true);
    await owner.invite(jid, person.bare, { send: true });
    expect(await romeo.invitation(jid)).toContain('Capulets');
    await romeo.refuse();
    const device = await person.device();
    await expect
      .poll(async () =>
        serialise(await device.client.iq(undefined, 'get', xml('blocklist', { xmlns: BLOCKING }))),
      )
      .toContain(`'${jid}'`);
    await expect(owner.invite(jid, person.bare)).rejects.toMatchObject({ condition: 'conflict' });
    expect(await owner.invitations(jid)).toEqual([person.bare]);
    expect((await owner.members(jid)).users).toHaveLength(1);
  });

  it('sends images, files and voice messages, and shows those of others', async () => {
    const juliet = await xabber(await world.person('juliet', { nickname: 'Juliet' }));
    const { jid, group } = newGroup();
    await juliet.create(group);
    const person = await world.person('romeo', { nickname: 'Romeo' });
    const device = await person.device();
    await device.join(jid);
    const romeo = await xabber(person);
    await expect.poll(() => romeo.known(jid, 'group_chat')).toBe(true);
    await romeo.openChat(jid);
    // Its other devices hear nothing while it is there: it has the highest priority.
    const shared = () => romeo.traffic.received.filter((text) => text.includes('<file-sharing '));

    await juliet.openChat(jid);
    await juliet.chat.attach(LETTER);
    await expect.poll(() => romeo.chat.attachments()).toContain('letter.txt');
    expect(shared()[0]).toMatch(/<body>Juliet:\nhttp:.*\/letter\.txt<\/body>/);
    await juliet.chat.attach(IMAGE);
    await expect
      .poll(() => romeo.chat.attachments())
      .toContainEqual(expect.stringMatching(/^http:.*\/red\.png$/));
    await juliet.chat.speak();
    await expect.poll(async () => (await romeo.chat.attachments()).length).toBe(3);
    expect(shared()[2]).toContain('<voice-message ');
    const { items } = await device.history(jid);
    expect(items.filter(({ element }) => serialise(element).includes('<file-sharing '))).toHaveLength(3);
    const shown = await romeo.chat.texts();
    expect(shown.filter((text) => text.includes('Juliet:'))).toEqual([]);
  });

  it('mentions, answers a member only, empties the history and deletes the group', async () => {
    const juliet = await xabber(await world.person('juliet', { nickname: 'Juliet' }));
    const { jid, group } = newGroup();
    await juliet.create(group);
    expect(await juliet.createInVain(group)).not.toBe('');
    const romeo = await (await world.person('romeo', { nickname: 'Romeo' })).device();
    await romeo.join(jid);
    await romeo.post(jid, 'One');
    await romeo.post(jid, 'Two');
    await juliet.openChat(jid);
    await juliet.chat.mention('Rom', ', where art thou?');
    const { users } = await romeo.members(jid, { id: '' });
    const mention = await romeo.client.expect((stanza) => serialise(stanza).includes('where art thou'));
    expect(serialise(mention)).toMatch(new RegExp(`xmpp:${jid}\\?(id=${users[0]?.id}|jid=${users[0]?.jid})`));

    await juliet.group(jid).retractMessagesOf('Romeo');
    await romeo.learns(jid, 'retract-user');
    await juliet.retractAll(jid);
    await romeo.learns(jid, 'retract-all');
    await juliet.group(jid).remove();
    await romeo.dismissed(jid);
  });
});
