import { openWebChat, startChromium, type WebChat } from '@xmpp-groups/browser';
import { xabberGroups } from '@xmpp-groups/client';
import { connectionOf } from '@xmpp-groups/client/xmpp-client';
import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import { xmppEntity } from '@xmpp-groups/harness';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GROUPS, inWorld } from '../world.js';

function bare(text: string): BareJid {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
}

describe('the packages in a browser', () => {
  const world = inWorld('ejabberd by multicast');
  const ends: (() => Promise<unknown>)[] = [];
  let browser: Awaited<ReturnType<typeof startChromium>> | undefined;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterEach(async () => {
    await Promise.all(ends.splice(0).map((end) => end()));
  });
  afterAll(() => browser?.close());

  const inPage = async (prefix: string): Promise<WebChat> => {
    if (browser === undefined) throw new Error('the browser is not there yet');
    const { name, password } = await world.person(prefix, { nickname: prefix });
    const chat = await openWebChat({ browser, server: world.server, user: name, password }, 'xabber');
    ends.push(chat.close);
    return chat;
  };

  /** Somebody with a program in Node, and the texts of others that he has got. */
  const inNode = async (prefix: string) => {
    const { name, password } = await world.person(prefix, { nickname: prefix });
    const entity = xmppEntity({ server: world.server, user: name, password });
    const groups = xabberGroups(connectionOf(entity));
    const heard: string[] = [];
    groups.on('message', ({ message, own }) => {
      if (!own && message.system === undefined) heard.push(message.text);
    });
    await entity.start();
    ends.push(() => {
      groups.close();
      return entity.stop();
    });
    return { groups, heard };
  };

  it('create a Xabber group, write in it and read it, over WebSocket', async () => {
    const juliet = await inPage('juliet');
    const romeo = await inNode('romeo');
    const group = bare(await juliet.create(GROUPS));
    await romeo.groups.join(group);

    await juliet.say('O Romeo & <so> on');
    await expect.poll(() => romeo.heard).toEqual(['O Romeo & <so> on']);
    await romeo.groups.send(group, 'Shall I hear more?').outcome;
    await expect.poll(juliet.messages).toEqual(['I: O Romeo & <so> on', 'romeo: Shall I hear more?']);
    expect(await juliet.history(2)).toEqual(['O Romeo & <so> on', 'Shall I hear more?']);

    const nurse = await inPage('nurse');
    await nurse.join(group);
    await nurse.say('Madam!');
    await expect.poll(() => romeo.heard).toEqual(['O Romeo & <so> on', 'Madam!']);
    expect(await nurse.history(3)).toEqual(['O Romeo & <so> on', 'Shall I hear more?', 'Madam!']);
    for (const { troubles, traffic } of [juliet, nurse]) {
      expect(await troubles()).toEqual([]);
      expect(traffic.complaints).toEqual([]);
    }
  });
});
