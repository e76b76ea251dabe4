import { bareOf, type Jid } from '@xmpp-groups/core/jid';
import { memberByJid, type Store } from '@xmpp-groups/core/xabber';
import { NS } from '@xmpp-groups/core/xml';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { elementFrom, type FakeLink, fakeLink } from '../../test/fake-link.js';
import { fakeOutlet } from '../../test/fake-outlet.js';
import { type FragileStore, fragileStore } from '../../test/fragile-store.js';
import { bare } from '../../test/jids.js';
import { HOST, JULIET, ROMEO } from '../../test/scene.js';
import { createMetrics } from '../metrics.js';
import { createEngine, type Engine } from './engine.js';

const NAMES = ['verona', 'mantua', 'padua'];
const ELSEWHERE = bare('verona@groups.example.org');

let store: FragileStore;
let link: FakeLink;
let engine: Engine;
/** The hand-overs that are acknowledged. */
let done: string[];
let logged: string[];

const groupOf = (name: string) => bare(`${name}@groups.example.com`);

function start(on: Store = store): void {
  link = fakeLink();
  const log = pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line).msg) });
  engine = createEngine({
    host: HOST,
    store: on,
    link,
    metrics: createMetrics(),
    log,
    outlet: () =>
      fakeOutlet({
        send: (deliveries) => {
          for (const { head, open, content, close, recipients } of deliveries) {
            for (const to of recipients) link.write(head + to + open + content + close);
          }
        },
        sendText: (text) => link.write(text),
        finished: ({ id }) => done.push(id),
      }),
  });
  engine.open({ kind: 'bridge' });
}

const handle = (xml: string, id?: string): void =>
  engine.handle(elementFrom(xml), id === undefined ? undefined : { id });
const presence = (from: Jid, group: string, type: string): void =>
  handle(`<presence type='${type}' from='${bareOf(from)}' to='${groupOf(group)}'/>`);
const erased = (id: string, user: Jid = bareOf(ROMEO)): void =>
  engine.heard({ name: 'remove_user', user }, { id });

async function founded(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    handle(
      `<iq type='set' id='${name}' from='${JULIET}' to='${HOST.domain}'><query xmlns='${NS.groupsCreate}'><localpart>${name}</localpart></query></iq>`,
    );
    presence(ROMEO, name, 'subscribe');
    presence(ROMEO, name, 'subscribed');
  }
  for (const name of names)
    await vi.waitUntil(async () => (await store.load(groupOf(name)))?.group.size === 2);
}

beforeEach(async () => {
  store = await fragileStore();
  done = [];
  logged = [];
  start();
  await founded(...NAMES);
  link.written.length = 0;
});
afterEach(async () => {
  await engine.stop();
  vi.useRealTimers();
});

const sizes = async (): Promise<number[]> => {
  const stored = await Promise.all(NAMES.map((name) => store.load(groupOf(name))));
  return stored.map((each) => each?.group.size ?? 0);
};

describe('an account that is erased', () => {
  it('leaves all groups, and is acknowledged when that is durable', async () => {
    const letGo = store.holdCommits();
    erased('e1');
    await vi.waitUntil(() => store.tried.length > 0);
    expect(done).toEqual([]);
    letGo();
    await vi.waitUntil(() => done.length > 0);
    expect(await store.groupsOf(bareOf(ROMEO))).toEqual([]);
    expect(await sizes()).toEqual([1, 1, 1]);
    expect(link.written.filter((text) => text.includes('left chat'))).toHaveLength(NAMES.length);
    expect(logged).toEqual(['an account was erased: it leaves its groups']);
  });

  it('is acknowledged at once when no group knows it, and when it is told again', async () => {
    erased('e1');
    erased('e2');
    await vi.waitUntil(() => done.length === 2);
    erased('e3');
    erased('e4', bare('nobody@example.com'));
    await vi.waitUntil(() => done.length === 4);
    expect(link.written.filter((text) => text.includes('left chat'))).toHaveLength(NAMES.length);
  });

  it('is done by the next daemon when one ended in the middle', async () => {
    store.commitFailure = new Error('the disk is full');
    erased('e1');
    await vi.waitUntil(() => store.tried.length > 0);
    await engine.stop();
    store.commitFailure = undefined;
    expect(done).toEqual([]);
    start();
    erased('e1');
    await vi.waitUntil(() => done.length > 0);
    expect(await sizes()).toEqual([1, 1, 1]);
  });

  it('goes on when the storage works again', async () => {
    store.commitFailure = new Error('the disk is full');
    erased('e1');
    await vi.waitUntil(() => store.tried.length >= NAMES.length);
    expect(done).toEqual([]);
    store.commitFailure = undefined;
    await vi.waitUntil(() => done.length > 0, 10_000);
    expect(await sizes()).toEqual([1, 1, 1]);
  });

  it('goes on when another daemon has changed a group meanwhile', async () => {
    const stored = await store.load(groupOf('verona'));
    await store.commit([
      {
        group: groupOf('verona'),
        revision: stored?.revision ?? 0,
        events: [{ kind: 'messagePinned', stanzaId: 0, at: 1 }],
      },
    ]);
    erased('e1');
    await vi.waitUntil(() => done.length > 0, 10_000);
    expect(await sizes()).toEqual([1, 1, 1]);
  });

  it('is not acknowledged by a daemon that stops', async () => {
    const letGo = store.holdCommits();
    erased('e1');
    await vi.waitUntil(() => store.tried.length > 0);
    const stopped = engine.stop();
    letGo();
    await stopped;
    expect(done).toEqual([]);
  });

  it('lets the next one with its name wait until it is gone', async () => {
    erased('e1');
    presence(ROMEO, 'verona', 'subscribe');
    presence(ROMEO, 'verona', 'subscribed');
    const verona = async () => (await store.load(groupOf('verona')))?.group;
    await vi.waitUntil(async () => (await verona())?.members.size === 3);
    expect(done).toEqual(['e1']);
    await vi.waitUntil(async () => (await verona())?.size === 2);
    const group = await verona();
    expect(group && memberByJid(group, bareOf(ROMEO))).toBeDefined();
  });

  it('is nothing to groups of another host in the same store', async () => {
    const stored = await store.load(groupOf('padua'));
    const members = [...(stored?.group.members.values() ?? [])];
    await store.commit([
      {
        group: ELSEWHERE,
        revision: 0,
        events: [
          { kind: 'groupCreated', properties: stored?.group.properties ?? fail(), at: 1 },
          ...members.map(
            ({ id, jid }) =>
              ({ kind: 'joinRequested', member: id, jid, nickname: undefined, version: 1, at: 1 }) as const,
          ),
        ],
      },
    ]);
    erased('e1');
    await vi.waitUntil(() => done.length > 0);
    expect(await store.groupsOf(bareOf(ROMEO))).toEqual([ELSEWHERE]);
  });
});

const fail = (): never => {
  throw new Error('there is no group');
};

describe('a vCard that has changed', () => {
  const changed = (id: string): void => engine.heard({ name: 'vcard_set', user: bareOf(ROMEO) }, { id });
  const vcard = (nickname: string): string =>
    `<iq type='result' id='x' from='${bareOf(ROMEO)}' to='${HOST.domain}'><vCard xmlns='vcard-temp'><NICKNAME>${nickname}</NICKNAME></vCard></iq>`;
  const noAvatar = `<iq type='result' id='x' from='${bareOf(ROMEO)}' to='${HOST.domain}'><pubsub xmlns='${NS.pubsub}'/></iq>`;
  const names = async (): Promise<(string | undefined)[]> => {
    const stored = await Promise.all(NAMES.map((name) => store.load(groupOf(name))));
    return stored.map(
      (each) => [...(each?.group.members.values() ?? [])].find(({ jid }) => jid === bareOf(ROMEO))?.nickname,
    );
  };
  /** Answers what the groups have asked. */
  const answer = async (nickname: string): Promise<void> => {
    await vi.waitUntil(() => link.questions.length > 0);
    link.questions.splice(0)[0]?.answer(elementFrom(vcard(nickname)));
    await vi.waitUntil(() => link.questions.length > 0);
    link.questions.splice(0)[0]?.answer(elementFrom(noAvatar));
  };

  beforeEach(() => {
    link.questions.length = 0;
  });

  it('is asked for once, for all groups, and acknowledged', async () => {
    changed('v1');
    await answer('Montague');
    await vi.waitUntil(async () => (await names()).every((name) => name === 'Montague'));
    expect(link.questions).toHaveLength(0);
    expect(done).toEqual(['v1']);
  });

  it('is not looked at again and again, but the last change is never missed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    changed('v1');
    changed('v2');
    changed('v3');
    const settled = async (): Promise<void> => {
      for (let turn = 0; turn < 200; turn += 1) {
        await vi.advanceTimersByTimeAsync(1);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await settled();
    expect([link.questions.length, done]).toEqual([1, ['v1']]);
    link.questions.length = 0;
    await vi.advanceTimersByTimeAsync(30_000);
    await settled();
    expect([link.questions.length, done]).toEqual([1, ['v1', 'v2', 'v3']]);
  });

  it('is nothing to groups in which nothing of it may be taken over', async () => {
    for (const name of NAMES) {
      handle(
        `<presence from='${ROMEO}' to='${groupOf(name)}'><x xmlns='${NS.groups}'><collect>false</collect></x></presence>`,
      );
    }
    await vi.waitUntil(async () =>
      (await Promise.all(NAMES.map((name) => store.load(groupOf(name))))).every((each) =>
        [...(each?.group.members.values() ?? [])].some(({ preferences }) => !preferences.collects),
      ),
    );
    link.questions.length = 0;
    changed('v1');
    await vi.waitUntil(() => done.length > 0);
    expect(link.questions).toHaveLength(0);
  });
});

it('acknowledges an event that is nothing to groups', async () => {
  engine.heard({ name: 'register_user', user: bareOf(ROMEO) }, { id: 'r1' });
  engine.heard({ name: 'register_user', user: bareOf(ROMEO) });
  await vi.waitUntil(() => done.length > 0);
  expect(done).toEqual(['r1']);
});
