import { openWebChat, startChromium, type WebChat } from '@xmpp-groups/browser';
import { type Connection, keyring, kontalkGroups, memoryState, xabberGroups } from '@xmpp-groups/client';
import { keptOwnKey, keyLibrary } from '@xmpp-groups/client/openpgp';
import { connectionOf } from '@xmpp-groups/client/xmpp-client';
import type { BareJid } from '@xmpp-groups/core/jid';
import { bare, xmppEntity } from '@xmpp-groups/harness';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GROUPS, inWorld } from '../world.js';

describe('the packages in a browser, over WebSocket', () => {
  const world = inWorld('ejabberd by multicast');
  const ends: (() => unknown)[] = [];
  let browser: Awaited<ReturnType<typeof startChromium>> | undefined;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  afterAll(() => browser?.close());

  /** Somebody with a page, who is called by his JID. */
  const inPage = async (prefix: string, scheme: Parameters<typeof openWebChat>[1]) => {
    if (browser === undefined) throw new Error('the browser is not there yet');
    const { name, bare: jid, password } = await world.person(prefix, { nickname: prefix });
    const chat = await openWebChat({ browser, server: world.server, user: name, password }, scheme);
    ends.push(chat.close);
    return { ...chat, name, jid: bare(jid) };
  };

  /** Somebody with a program in Node, which is made of a connection that is online. */
  const inNode = async <T extends { close(): void }>(
    prefix: string,
    program: (connection: Connection, jid: BareJid) => Promise<T>,
  ): Promise<T & { readonly name: string; readonly jid: BareJid }> => {
    const { name, bare: jid, password } = await world.person(prefix, { nickname: prefix });
    const entity = xmppEntity({ server: world.server, user: name, password });
    const made = await program(connectionOf(entity), bare(jid));
    ends.push(() => entity.stop(), made.close);
    await entity.start();
    return { ...made, name, jid: bare(jid) };
  };

  const inXabber = (prefix: string) =>
    inNode(prefix, async (connection) => {
      const groups = xabberGroups(connection);
      const heard: string[] = [];
      groups.on('message', ({ message, own }) => {
        if (!own && message.system === undefined) heard.push(message.text);
      });
      return { groups, heard, close: groups.close };
    });

  const inKontalk = async (prefix: string, encrypted: boolean) => {
    const user = await inNode(prefix, async (connection, account) => {
      const state = memoryState();
      const library = encrypted ? keyLibrary(await keptOwnKey(state, account)) : undefined;
      const keys = library && (await keyring(connection, library, state, { me: account }));
      const groups = kontalkGroups(connection, {
        account,
        state,
        autoJoin: () => true,
        ...(keys === undefined ? {} : { keyring: keys }),
      });
      const heard: string[] = [];
      groups.on('message', ({ from, text, encrypted: sealed }) => {
        heard.push(`${from.split('@')[0]}: ${text}${sealed ? ' (encrypted)' : ''}`);
      });
      return { groups, heard, keys, close: groups.close };
    });
    await user.keys?.announce();
    return user;
  };

  const expectNoTrouble = async ({ troubles, traffic }: WebChat): Promise<void> => {
    expect(await troubles()).toEqual([]);
    expect(traffic.complaints).toEqual([]);
  };

  it('create a Xabber group, join one, write and read, and see what was said before', async () => {
    const juliet = await inPage('juliet', 'xabber');
    const romeo = await inXabber('romeo');
    const group = bare(await juliet.create(GROUPS));
    await romeo.groups.join(group);

    await juliet.say('O Romeo & <so> on');
    await expect.poll(() => romeo.heard).toEqual(['O Romeo & <so> on']);
    await romeo.groups.send(group, 'Shall I hear more?').outcome;
    await expect.poll(juliet.messages).toEqual(['I: O Romeo & <so> on', 'romeo: Shall I hear more?']);
    expect(await juliet.history(2)).toEqual(['O Romeo & <so> on', 'Shall I hear more?']);

    const nurse = await inPage('nurse', 'xabber');
    await nurse.join(group);
    await nurse.say('Madam!');
    await expect.poll(() => romeo.heard).toEqual(['O Romeo & <so> on', 'Madam!']);
    expect(await nurse.history(3)).toEqual(['O Romeo & <so> on', 'Shall I hear more?', 'Madam!']);
    for (const chat of [juliet, nurse]) await expectNoTrouble(chat);
  });

  it.each([
    ['in clear', 'kontalk', ''],
    ['encrypted', 'kontalk-encrypted', ' (encrypted)'],
  ] as const)(
    'create a Kontalk group %s, accept an invitation to one, write and read',
    async (_, scheme, mark) => {
      const encrypted = mark !== '';
      const juliet = await inPage('juliet', scheme);
      const romeo = await inKontalk('romeo', encrypted);
      const name = await juliet.create(romeo.jid);
      await expect.poll(async () => (await romeo.groups.list()).length).toBe(1);
      const [joined] = await romeo.groups.list();
      if (joined === undefined) throw new Error('no group');
      expect(`${joined.group.owner} ${joined.group.id}`).toBe(name);

      await juliet.say('O Romeo & <so> on');
      await expect.poll(() => romeo.heard).toEqual([`${juliet.name}: O Romeo & <so> on${mark}`]);
      await romeo.groups.send(joined.group, 'Shall I hear more?');
      await expect
        .poll(juliet.messages)
        .toEqual(['I: O Romeo & <so> on', `${romeo.name}: Shall I hear more?${mark}`]);

      const nurse = await inPage('nurse', scheme);
      const { group } = await romeo.groups.create('Mantua', [nurse.jid]);
      const mantua = `${group.owner} ${group.id}`;
      await expect.poll(nurse.invitations).toEqual([mantua]);
      await nurse.join(mantua);
      await nurse.say('Peter!');
      await expect.poll(() => romeo.heard.at(-1)).toBe(`${nurse.name}: Peter!${mark}`);

      const readable = [...juliet.traffic.sent, ...juliet.traffic.received].filter((text) =>
        /O Romeo|Shall I hear|Verona/.test(text),
      );
      expect(readable.length > 0).toBe(!encrypted);
      for (const chat of [juliet, nurse]) await expectNoTrouble(chat);
    },
  );
});
