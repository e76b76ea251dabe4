import { openConverse, startChromium } from '@xmpp-groups/browser';
import { serialise } from '@xmpp-groups/core/xml';
import { type GroupUser, groupSettings } from '@xmpp-groups/harness';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GROUPS, inWorld, type Person, type World } from '../world.js';
import { PNG } from './png.js';

type Browser = Awaited<ReturnType<typeof startChromium>>;
type Converse = Awaited<ReturnType<typeof openConverse>>;

/** A browser, and what was opened in it since the last test. */
function inBrowser(world: World) {
  let browser: Browser | undefined;
  const opened: Converse[] = [];
  beforeAll(async () => {
    browser = await startChromium();
  });
  const close = async () => {
    await Promise.all(opened.splice(0).map((client) => client.close()));
  };
  afterEach(close);
  afterAll(async () => {
    await close();
    await browser?.close();
  });
  return {
    converse: async ({ name, password }: Person): Promise<Converse> => {
      if (browser === undefined) throw new Error('the browser is not there yet');
      const client = await openConverse({ browser, server: world.server, user: name, password });
      opened.push(client);
      return client;
    },
  };
}

/** Juliet with a client of the protocol, and her group. */
async function juliet(world: World) {
  const person = await world.person('juliet', { nickname: 'Juliet' });
  const user: GroupUser = await person.device();
  const group = await user.create(GROUPS, { name: 'Verona Square', description: 'Where families fight' });
  return { user, group };
}

describe('Converse.js 14, which knows nothing of groups', () => {
  const world = inWorld('ejabberd by multicast');
  const { converse } = inBrowser(world);
  afterEach(world.sendHome);

  it('joins by adding the group to its contacts, and shows its name, presence and avatar', async () => {
    const { user, group } = await juliet(world);
    await user.publishAvatar(group, undefined, PNG);
    const romeo = await converse(await world.person('romeo', { nickname: 'Romeo' }));

    await romeo.addContact(group);
    expect((await user.told(group, 'join')).body).toBe('Romeo joined chat');
    await expect
      .poll(() => romeo.contact(group).locator('.contact-name').textContent())
      .toBe('Verona Square');
    await romeo.contact(group).locator('.chat-status--online, .chat-status[title]').waitFor();
    await expect
      .poll(() => romeo.contact(group).locator('.avatar image, .avatar img').first().getAttribute('href'))
      .toContain(PNG.base64);
    await expect.poll(() => romeo.messages(group)).toEqual([{ text: 'Romeo joined chat', mine: false }]);
  });

  it('shows who writes, is heard by all, and shows its own messages once', async () => {
    const { user, group } = await juliet(world);
    const person = await world.person('romeo', { nickname: 'Romeo' });
    const romeo = await converse(person);
    await romeo.addContact(group);
    await user.told(group, 'join');

    await user.post(group, 'Ay me! & <so> on');
    await romeo.write(group, 'She speaks');
    const heard = await user.hears(group, 'She speaks');
    expect(heard).toMatchObject({ body: 'Romeo:\nShe speaks', card: { nickname: 'Romeo' } });
    await user.post(group, 'O Romeo');

    const spoken = [
      { text: 'Romeo joined chat', mine: false },
      { text: 'Juliet:\nAy me! & <so> on', mine: false },
      { text: 'She speaks', mine: true },
      { text: 'Juliet:\nO Romeo', mine: false },
    ];
    await expect.poll(() => romeo.messages(group)).toEqual(spoken);
    // From what it has stored: an echo would have taken the place of the message (docs/decisions/0017).
    await romeo.reload();
    await romeo.openChat(group);
    await user.post(group, 'Good night');
    await expect
      .poll(() => romeo.messages(group))
      .toContainEqual({ text: 'Juliet:\nGood night', mine: false });
    const own = (await romeo.messages(group)).filter(({ text }) => text.includes('She speaks'));
    expect(own).toEqual([{ text: 'She speaks', mine: true }]);
  });

  it('edits and retracts, its own messages and as others do', async () => {
    const { user, group } = await juliet(world);
    const romeo = await converse(await world.person('romeo', { nickname: 'Romeo' }));
    await romeo.addContact(group);
    await user.told(group, 'join');

    await romeo.write(group, 'I take thee at thy wrod');
    await user.hears(group, 'I take thee at thy wrod');
    await romeo.edit(group, 'I take thee at thy wrod', 'I take thee at thy word');
    expect((await user.learns(group, 'replace')).message?.text).toBe('I take thee at thy word');
    await romeo.write(group, 'Call me but love');
    await user.hears(group, 'Call me but love');
    await romeo.retract(group, 'Call me but love');
    await user.learns(group, 'retract-message');

    const first = await user.post(group, 'What man art thuo');
    await user.replace(group, first.stanzaId ?? '', 'What man art thou');
    const second = await user.post(group, 'Away');
    await expect
      .poll(async () => (await romeo.messages(group)).map(({ text }) => text))
      .toContain('Juliet:\nAway');
    await user.retract(group, second.stanzaId ?? '');
    await expect
      .poll(async () => (await romeo.messages(group)).map(({ text }) => text))
      .toEqual(expect.arrayContaining(['I take thee at thy word', 'Juliet:\nWhat man art thou']));
    await expect
      .poll(async () => (await romeo.messages(group)).map(({ text }) => text))
      .not.toContain('Juliet:\nAway');
  });

  it('answers a message, and others see which', async () => {
    const { user, group } = await juliet(world);
    const romeo = await converse(await world.person('romeo', { nickname: 'Romeo' }));
    await romeo.addContact(group);
    await user.told(group, 'join');
    const asked = await user.post(group, 'How camest thou hither');
    await expect.poll(async () => (await romeo.messages(group)).length).toBe(2);
    await romeo.reply(group, 'How camest thou hither', 'With love');
    const answer = await user.client.expect((stanza) => serialise(stanza).includes('With love'));
    expect(serialise(answer)).toContain(`id='${asked.originId}'`);
  });

  it('runs the ad-hoc command of a group', async () => {
    const { user, group } = await juliet(world);
    const person = await world.person('romeo', { nickname: 'Romeo' });
    const romeo = await converse(person);
    await romeo.addContact(group);
    await user.told(group, 'join');
    expect((await romeo.commands(group)).map((name) => name.trim())).toEqual([
      'Receive updates of this group',
    ]);
    expect(await romeo.runCommand('Receive updates of this group', { receive: false })).toBe('Completed');
    const { client } = await person.device();
    expect(await groupSettings(client).receivesUpdates(group)).toBe(false);
  });
});

describe('Converse.js 14 where copies are archived for members (archive.hint: false)', () => {
  const world = inWorld('ejabberd by multicast', { XMPP_GROUPS_ARCHIVE_HINT: 'false' });
  const { converse } = inBrowser(world);
  afterEach(world.sendHome);

  it('reads the history in a browser that has never seen it', async () => {
    const { user, group } = await juliet(world);
    const person = await world.person('romeo', { nickname: 'Romeo' });
    const romeo = await converse(person);
    await romeo.addContact(group);
    await user.told(group, 'join');
    await user.post(group, 'Good night, good night!');
    await romeo.write(group, 'Sleep dwell upon thine eyes');
    await user.hears(group, 'Sleep dwell upon thine eyes');
    await romeo.close();

    const again = await converse(person);
    await again.openChat(group);
    await expect
      .poll(() => again.messages(group))
      .toEqual([
        { text: 'Romeo joined chat', mine: false },
        { text: 'Juliet:\nGood night, good night!', mine: false },
        { text: 'Sleep dwell upon thine eyes', mine: true },
      ]);
  });
});
