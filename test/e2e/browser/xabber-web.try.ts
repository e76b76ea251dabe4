import {
  openXabberPage,
  startChromium,
  type XabberPage,
  xabberChat,
  xabberFinding,
  xabberGroup,
} from '@xmpp-groups/browser';
import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GROUPS, inWorld, type Person } from '../world.js';

const folder = process.env.XABBER_WEB ?? '';

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
    await expect.poll(() => juliet.chat.stateOf(text)).toBe('2');
    await romeo.post(jid, 'She speaks & <speaks>');
    await expect
      .poll(() => juliet.chat.messages())
      .toContainEqual({ text: 'She speaks & <speaks>', author: 'Romeo', kind: 'main' });

    await juliet.chat.edit(text, 'Ay me! & so on');
    expect(await romeo.learns(jid, 'replace')).toMatchObject({ text: 'Ay me! & so on' });
    await expect.poll(() => juliet.chat.texts()).toContain('Ay me! & so on');

    await juliet.chat.reply('She speaks & <speaks>', 'O Romeo');
    await romeo.client.expect((stanza) => JSON.stringify(stanza).includes('O Romeo'));

    await juliet.chat.pin('She speaks & <speaks>');
    await expect.poll(() => juliet.chat.pinned()).toContain('She speaks & <speaks>');
    await juliet.chat.unpin();
    await expect.poll(() => juliet.chat.pinned()).not.toContain('She speaks');

    await juliet.chat.retract('Ay me! & so on');
    await romeo.learns(jid, 'retract-message');
    await expect.poll(() => juliet.chat.texts()).not.toContain('Ay me! & so on');
    await juliet.chat.retract('She speaks & <speaks>');
    await romeo.learns(jid, 'retract-message');
  });
});
