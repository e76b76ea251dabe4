import {
  openXabberPage,
  startChromium,
  type XabberPage,
  xabberChat,
  xabberFinding,
  xabberGroup,
} from '@xmpp-groups/browser';
import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import { serialise } from '@xmpp-groups/core/xml';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GROUPS, inWorld, type Person } from '../world.js';
import { PNG } from './png.js';

const folder = process.env.XABBER_WEB ?? '';
const IMAGE = { name: 'red.png', mimeType: 'image/png', buffer: PNG.bytes };

/** Everything that one person does with xabber-web. */
function userOf(client: XabberPage) {
  return {
    ...client,
    ...xabberFinding(client),
    chat: xabberChat(client),
    group: (jid: string) => xabberGroup(client, jid),
  };
}

function bare(text: string): BareJid {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(`${text} is no JID`);
  return read.value;
}

describe('xabber-web 2.3.2', () => {
  const world = inWorld('ejabberd by multicast');
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

  it('is incognito: shows no addresses, and opens private chats', async () => {
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
