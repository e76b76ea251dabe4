import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import { memberByJid } from '@xmpp-groups/core/xabber';
import { NS } from '@xmpp-groups/core/xml';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { elementFrom, type FakeLink, fakeLink } from '../../test/fake-link.js';
import { type FragileStore, fragileStore } from '../../test/fragile-store.js';
import { bare } from '../../test/jids.js';
import { HOST, JULIET, ROMEO, VERONA } from '../../test/scene.js';
import { createMetrics } from '../metrics.js';
import { createEngine, type Engine } from './engine.js';

let store: FragileStore;
let link: FakeLink;
let engine: Engine;
let running: Engine[];

/** A daemon over the same store, as after a restart. */
function start(): void {
  link = fakeLink();
  const log = pino({ level: 'silent' });
  engine = createEngine({ host: HOST, store, link, metrics: createMetrics(), log });
  engine.open({ kind: 'splice' });
  running.push(engine);
}

beforeEach(async () => {
  running = [];
  store = await fragileStore();
  start();
  handle(create('0'));
  await answered('0', 'result');
  for (const type of ['subscribe', 'subscribed']) {
    handle(`<presence type='${type}' from='${bareOf(ROMEO)}' to='${VERONA}'/>`);
  }
  await link.writes(/joined chat/);
});

afterEach(async () => {
  for (const each of running) await each.stop();
  await store.close();
});

const handle = (text: string): void => engine.handle(elementFrom(text));

const toHost = (id: string, payload: string, from = JULIET): string =>
  `<iq type='set' id='${id}' from='${from}' to='${HOST.domain}'>${payload}</iq>`;
const create = (id: string): string =>
  toHost(
    id,
    `<query xmlns='${NS.groupsCreate}'><localpart>verona</localpart><privacy>incognito</privacy></query>`,
  );
const remove = (id: string): string => toHost(id, `<query xmlns='${NS.groupsDelete}'>verona</query>`);

/** Waits for the answer of this type to a request. */
const answered = (id: string, type: 'result' | 'error') =>
  link.writes(
    new RegExp(`<iq (?=[^>]*id='${id}')[^>]*type='${type}'.*?</iq>|<iq (?=[^>]*id='${id}')[^>]*/>`),
  );

/** Asks for a chat with the other one; in which group is the same for all tests but one. */
async function asks(id: string, from = JULIET, whom = ROMEO, group: string = VERONA): Promise<void> {
  const member = memberByJid((await stored()).group, bareOf(whom));
  const partner = `<peer-to-peer jid='${group}' id='${member?.id}'/>`;
  handle(toHost(id, `<query xmlns='${NS.groupsCreate}'>${partner}</query>`, from));
}

const stored = async () => {
  const found = await store.load(VERONA);
  if (found === undefined) throw new Error('there is no group');
  return found;
};

/** The address of the only private chat. */
async function chatOf(): Promise<BareJid> {
  const [chat, ...more] = (await stored()).group.privateChats.values();
  if (chat === undefined || more.length > 0) throw new Error('not one private chat');
  return chat;
}

async function begun(): Promise<BareJid> {
  await asks('1');
  await answered('1', 'result');
  return chatOf();
}

const gone = (chat: BareJid) =>
  link.writes(new RegExp(`<presence to='${bareOf(ROMEO)}' from='${chat}/Group' type='unavailable'`));

describe('a request for a private chat', () => {
  it('is answered by the host, when the chat is durable', async () => {
    await asks('1');
    const [answer] = await answered('1', 'result');
    const chat = await chatOf();
    expect(answer).toContain(`from='${HOST.domain}'`);
    expect(answer).toContain(`<localpart>${chat.split('@')[0]}</localpart>`);
    expect((await store.load(chat))?.group).toMatchObject({ parent: VERONA, size: 0 });
    expect(link.written.join('')).toContain('chat privately');
  });

  it('of both at once leads to one chat', async () => {
    await asks('1');
    await asks('2', ROMEO, JULIET);
    await Promise.all([answered('1', 'result'), answered('2', 'result')]);
    const chat = await chatOf();
    expect((await store.load(chat))?.group.members.size).toBe(2);
    expect((await store.allGroups()).map(({ jid }) => jid).sort()).toEqual([chat, VERONA].sort());
  });

  it('is taken up again when the daemon ended between the two groups', async () => {
    const { group, revision } = await stored();
    const [one = '', other = ''] = group.members.keys();
    const chat = bare('k3jr9x2p@groups.example.com');
    const pair = [one, other].sort().join(' ');
    await engine.stop();
    await store.commit([
      { group: VERONA, revision, events: [{ kind: 'privateChatOpened', pair, chat, at: 1 }] },
    ]);
    start();
    await asks('1');
    const [answer] = await answered('1', 'result');
    expect(answer).toContain('<localpart>k3jr9x2p</localpart>');
    expect((await store.load(chat))?.group.members.size).toBe(2);
  });

  it.each(['verona@elsewhere.example.com', 'groups.example.com'])(
    'is for a group of this host: not %s',
    async (group) => {
      await asks('1', JULIET, ROMEO, group);
      const [answer] = await answered('1', 'error');
      expect(answer).toContain('item-not-found');
    },
  );

  it('that is refused by the group is answered by the host', async () => {
    await asks('1', JULIET, JULIET);
    const [answer] = await answered('1', 'error');
    expect(answer).toContain('not-allowed');
    expect(answer).toContain(`from='${HOST.domain}'`);
  });
});

describe('a private chat', () => {
  it('ends with its group, also when it is only just about to begin', async () => {
    await asks('1');
    handle(remove('2'));
    await answered('2', 'result');
    await gone(bare((await link.writes(/from='(\w+@groups\.example\.com)\/Group' type='chat'/))[1] ?? ''));
    expect(await store.allGroups()).toEqual([]);
  });

  it('ends with its group, that was not used since the start', async () => {
    const chat = await begun();
    await engine.stop();
    start();
    handle(remove('2'));
    await answered('2', 'result');
    await gone(chat);
    expect(await store.allGroups()).toEqual([]);
  });

  it('ends at the start when its group is gone: the daemon was killed before it came to that', async () => {
    const chat = await begun();
    await engine.stop();
    await store.remove(VERONA);
    start();
    await gone(chat);
    expect(await store.load(chat)).toBeUndefined();
    handle(create('2'));
    await answered('2', 'result');
  });

  it('ends at the start when its group is another one of the same name', async () => {
    const chat = await begun();
    await engine.stop();
    const { properties } = (await stored()).group;
    await store.remove(VERONA);
    await store.commit([
      { group: VERONA, revision: 0, events: [{ kind: 'groupCreated', properties, at: 1 }] },
    ]);
    start();
    await gone(chat);
    expect((await store.allGroups()).map(({ jid }) => jid)).toEqual([VERONA]);
  });

  it('whose group is there outlasts a restart', async () => {
    const chat = await begun();
    await engine.stop();
    start();
    await asks('3', ROMEO, JULIET);
    await answered('3', 'result');
    expect(await chatOf()).toBe(chat);
    expect(link.written.join('')).not.toContain('unavailable');
  });
});
