import { NS } from '@xmpp-groups/core/xml';
import { pino } from 'pino';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { elementFrom, type FakeLink, fakeLink } from '../../test/fake-link.js';
import { type FragileStore, fragileStore } from '../../test/fragile-store.js';
import { HOST, VERONA } from '../../test/scene.js';
import { createMetrics } from '../metrics.js';
import { createEngine, type Engine } from './engine.js';
import type { Occasion } from './outlet.js';

const JULIET = 'juliet@example.com/balcony';
const ROMEO = 'romeo@example.com/orchard';

let store: FragileStore;
let link: FakeLink;
/** What left the engine, in order: `what > to how many`, `done ID`. */
let left: string[];
let occasions: Occasion[];
let engine: Engine;

const kindOf = (text: string): string => /type='(\w+)'/.exec(text)?.[1] ?? '';

function engineOn(on: FragileStore): Engine {
  return createEngine({
    host: HOST,
    store: on,
    link,
    metrics: createMetrics(),
    log: pino({ enabled: false }),
    outlet: () => ({
      send: (deliveries, occasion) => {
        if (occasion !== undefined) occasions.push(occasion);
        left.push(
          ...deliveries.map(({ kind, open, recipients }) => `${kind} ${kindOf(open)} > ${recipients.length}`),
        );
      },
      sendText: (text) => left.push(`${/<(\w+)/.exec(text)?.[1]} ${kindOf(text)}`),
      finished: ({ id }) => left.push(`done ${id}`),
      open: () => undefined,
      close: () => undefined,
      drained: () => undefined,
      takeBounce: () => false,
      isCongested: () => false,
      isBusy: () => false,
      fits: () => true,
      emptied: async () => 0,
    }),
  });
}

beforeEach(async () => {
  store = await fragileStore();
  link = fakeLink();
  left = [];
  occasions = [];
  engine = engineOn(store);
  engine.open({ kind: 'bridge' });
  await handled('new', create);
  await handled('in', `<presence type='subscribe' from='${ROMEO}' to='${VERONA}'/>`);
  await handled('member', `<presence type='subscribed' from='${ROMEO}' to='${VERONA}'/>`);
  left.length = 0;
  occasions.length = 0;
});

const create = `<iq type='set' id='c' from='${JULIET}' to='${HOST.domain}'><query xmlns='${NS.groupsCreate}'><localpart>verona</localpart><name>Verona</name></query></iq>`;
const message = (text: string, origin = ''): string =>
  `<message type='chat' id='${text}' from='${JULIET}' to='${VERONA}'><body>${text}</body>${origin}</message>`;
const originId = (id: string): string => `<origin-id xmlns='urn:xmpp:sid:0' id='${id}'/>`;
const iq = (to: string, payload: string): string =>
  `<iq type='get' id='q' from='${JULIET}' to='${to}'>${payload}</iq>`;
const PING = "<ping xmlns='urn:xmpp:ping'/>";

/** Hands a stanza over and waits until it is done with. */
async function handled(id: string, text: string, again?: { since: number; said: number }): Promise<void> {
  engine.handle(elementFrom(text), { id, ...(again && { again }) });
  await vi.waitUntil(() => left.includes(`done ${id}`));
}

describe('a stanza that was handed over', () => {
  it.each<{ what: string; text: string; follows: string[] }>([
    { what: 'a message', text: message('x'), follows: ['message chat > 1', 'message headline > 1'] },
    { what: 'a request to a group', text: iq(VERONA, PING), follows: ['iq result'] },
    { what: 'a request to the host', text: iq(HOST.domain, PING), follows: ['iq result'] },
    {
      what: 'a request to the host that the store is asked for',
      text: iq(HOST.domain, `<query xmlns='${NS.discoItems}' node='${NS.groups}'/>`),
      follows: ['iq result'],
    },
    { what: 'a request that is unknown', text: iq(VERONA, "<x xmlns='urn:x'/>"), follows: ['iq error'] },
    { what: 'a request to the host that is none', text: iq(HOST.domain, ''), follows: ['iq error'] },
    { what: 'a taken name', text: create, follows: ['iq error'] },
    {
      what: 'a name that is none',
      text: create.replace('verona', 'a b'),
      follows: ['iq error'],
    },
    {
      what: 'a group to delete that is elsewhere',
      text: `<iq type='set' id='d' from='${JULIET}' to='${HOST.domain}'><query xmlns='${NS.groupsDelete}'><localpart>x@elsewhere.example</localpart></query></iq>`,
      follows: ['iq error'],
    },
    {
      what: 'a message of a stranger',
      text: message('x').replaceAll('juliet', 'paris'),
      follows: ['message error'],
    },
    { what: 'a message to the host', text: message('x').replace('verona@', ''), follows: ['message error'] },
    {
      what: 'a headline to the host',
      text: message('x').replace('verona@', '').replace("'chat'", "'headline'"),
      follows: [],
    },
    { what: 'a presence to the host', text: `<presence from='${JULIET}' to='${HOST.domain}'/>`, follows: [] },
    { what: 'a message that asks for nothing', text: message('').replace('<body></body>', ''), follows: [] },
    { what: 'a bounce', text: message('x').replace("'chat'", "'error'"), follows: [] },
    { what: 'what is no stanza', text: '<nothing/>', follows: [] },
  ])('is done with once, after what follows from it: $what', async ({ text, follows }) => {
    await handled('it', text);
    expect(left).toEqual([...follows, 'done it']);
  });

  it('is done with when it was refused because the storage fails', async () => {
    store.commitFailure = new Error('full');
    await handled('it', message('x'));
    expect(left).toEqual(['message error', 'done it']);
    store.commitFailure = undefined;
    store.readFailure = new Error('gone');
    await handled('next', message('y', originId('y')));
    expect(left.slice(2)).toEqual(['message error', 'done next']);
  });

  it('is not done with before it is durable, and not at all when the daemon has stopped', async () => {
    const release = store.holdCommits();
    engine.handle(elementFrom(message('x')), { id: 'it' });
    await vi.waitUntil(() => store.tried.length > 0);
    expect(left).toEqual([]);
    release();
    await engine.stop();
    expect(left.at(-1)).toBe('done it');
    engine.handle(elementFrom(message('y')), { id: 'late' });
    expect(left).not.toContain('done late');
  });
});

describe('a message that is handed over again', () => {
  it.each([
    { what: 'with its origin-id', origin: originId('o') },
    { what: 'without one', origin: '' },
  ])('and was archived goes to all again, as what was said before: $what', async ({ origin }) => {
    const since = Date.now();
    await handled('it', message('x', origin));
    const before = left.splice(0);
    expect(occasions).toMatchObject([{ isReplay: false }, { isReplay: false }]);
    occasions.length = 0;
    engine = engineOn(store);
    await handled('it', message('x', origin), { since, said: 1 });
    expect(left).toEqual(before);
    expect(occasions).toMatchObject([
      { isReplay: true, handOver: { id: 'it', again: { said: 1 } } },
      { isReplay: true },
    ]);
  });

  it('and was in the archive before it came is only echoed: its author had repeated it', async () => {
    await handled('it', message('x', originId('o')));
    left.length = 0;
    await handled('repeated', message('x', originId('o')), { since: Date.now() + 60_000, said: 0 });
    expect(left).toEqual(['message headline > 1', 'done repeated']);
  });

  it('and was not archived is decided for the first time', async () => {
    await handled('it', message('x', originId('o')), { since: Date.now(), said: 0 });
    expect(left).toEqual(['message chat > 1', 'message headline > 1', 'done it']);
    expect(occasions).toMatchObject([{ isReplay: false }, { isReplay: false }]);
  });
});

describe('a request that is handed over again, to another daemon', () => {
  const set = (to: string, payload: string): string =>
    `<iq type='set' id='q' from='${JULIET}' to='${to}'>${payload}</iq>`;

  /** Gives the same to a daemon, and to the one that comes after it. */
  async function twice(text: string): Promise<void> {
    await handled('it', text);
    engine = engineOn(store);
    engine.open({ kind: 'bridge' });
    left.splice(left.indexOf('done it'), 1);
    await handled('it', text, { since: Date.now(), said: 0 });
  }

  it.each([
    {
      what: 'to make a group',
      text: set(HOST.domain, `<query xmlns='${NS.groupsCreate}'><localpart>mantua</localpart></query>`),
    },
    {
      what: 'to make a group of any name',
      text: set(HOST.domain, `<query xmlns='${NS.groupsCreate}'><name>x</name></query>`),
    },
    {
      what: 'to delete one',
      text: set(HOST.domain, `<query xmlns='${NS.groupsDelete}'><localpart>verona</localpart></query>`),
    },
  ])('is done once, and answered as before: $what', async ({ text }) => {
    await twice(text);
    expect(left.filter((line) => line.startsWith('iq'))).toEqual(['iq result', 'iq result']);
    expect(
      store.tried.flat().filter(({ answered }) => answered?.some(({ name }) => name === 'it')),
    ).toHaveLength(1);
  });

  it('and was refused, or only asked for something, is answered anew', async () => {
    await twice(create);
    expect(left.filter((line) => line.startsWith('iq'))).toEqual(['iq error', 'iq error']);
    left.length = 0;
    await twice(iq(VERONA, PING));
    expect(left.filter((line) => line.startsWith('iq'))).toEqual(['iq result', 'iq result']);
  });

  it('is answered as by the daemon that was faster, where two have it', async () => {
    const request = set(
      HOST.domain,
      `<query xmlns='${NS.groupsCreate}'><localpart>mantua</localpart></query>`,
    );
    const release = store.holdCommits();
    const slower = engine;
    engine.handle(elementFrom(request), { id: 'it' });
    await vi.waitUntil(() => store.tried.length > 0);
    const tried = store.tried.length;
    engine = engineOn(store);
    engine.open({ kind: 'bridge' });
    engine.handle(elementFrom(request), { id: 'it', again: { since: Date.now(), said: 0 } });
    await vi.waitUntil(() => store.tried.length > tried);
    release();
    await Promise.all([slower.stop(), engine.stop()]);
    expect(left.filter((line) => line.startsWith('iq'))).toEqual(['iq result', 'iq result']);
  });
});
