import { EventEmitter } from 'node:events';
import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import type { DatedEvent, Properties, Store } from '@xmpp-groups/core/xabber';
import { parse, type XmlElement } from '@xmpp-groups/core/xml';
import { openStore } from '@xmpp-groups/storage';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Link, LinkEvents } from '../link/link.js';
import { createMetrics } from '../metrics.js';
import { createEngine, type Engine } from './engine.js';

const GROUPS = 'https://xabber.com/protocol/groups';
const JULIET = 'juliet@example.com/balcony';

const bare = (text: string): BareJid => {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(`${text}: ${read.error.reason}`);
  return read.value;
};

const HOST = bare('groups.example.com');
const VERONA = bare('verona@groups.example.com');

const element = (text: string): XmlElement => {
  const read = parse(text);
  if (!read.ok) throw new Error(`${read.error.reason} in ${text}`);
  return read.value;
};

/** A link whose other end only listens. */
function listeningLink(written: string[]): Link {
  return Object.assign(new EventEmitter<LinkEvents>(), {
    domain: HOST,
    isUp: () => true,
    start: async () => ({ ok: true, value: undefined }) as const,
    stop: async () => undefined,
    write: (text: string) => {
      written.push(text);
      return 'taken' as const;
    },
    query: async () => ({ ok: false, error: { kind: 'timeout' } }) as const,
  });
}

let store: Store;
let engine: Engine;
let written: string[];

beforeEach(async () => {
  // Before the engine starts its timers; what is asynchronous by itself stays so.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  store = await openStore('memory:');
  written = [];
  engine = createEngine({
    host: {
      domain: HOST,
      softwareVersion: '0',
      archiveHint: false,
      indexServices: [],
      mayCreate: () => true,
    },
    store,
    link: listeningLink(written),
    metrics: createMetrics(),
    log: pino({ level: 'silent' }),
  });
  engine.open({ kind: 'splice' });
});

afterEach(async () => {
  await engine.stop();
  await store.close();
  vi.useRealTimers();
});

const handle = (text: string): void => engine.handle(element(text));

const iq = (type: 'get' | 'set', to: string, payload: string): string =>
  `<iq type='${type}' id='q' from='${JULIET}' to='${to}'>${payload}</iq>`;

const CREATE = iq(
  'set',
  HOST,
  `<query xmlns='${GROUPS}#create'><localpart>verona</localpart><name>V</name></query>`,
);
const DELETE = iq('set', HOST, `<query xmlns='${GROUPS}#delete'>verona</query>`);
const OPENS = `<presence from='${JULIET}' to='${VERONA}'><x xmlns='${GROUPS}#present'/></presence>`;

/** Waits until a text with this in it is written; forgets what was before it. */
async function says(part: string): Promise<string> {
  await vi.waitFor(() => expect(written.some((text) => text.includes(part))).toBe(true));
  const at = written.findIndex((text) => text.includes(part));
  return written.splice(0, at + 1).at(-1) ?? '';
}

describe('who has the chat open', () => {
  it('is looked after by a timer: who is silent for an hour is not counted', async () => {
    handle(CREATE);
    await says("type='result'");
    handle(OPENS);
    await says('<present>1</present>');
    await vi.advanceTimersByTimeAsync(50 * 60_000);
    handle(`<presence type='probe' from='${JULIET}' to='${VERONA}'/>`);
    await says('<present>1</present>');
    await vi.advanceTimersByTimeAsync(20 * 60_000);
    handle(`<presence type='probe' from='${JULIET}' to='${VERONA}'/>`);
    await says('<present>0</present>');
  });
});

describe('a group that is deleted', () => {
  const PROPERTIES: Properties = {
    name: 'A chat',
    description: '',
    privacy: 'incognito',
    membership: 'member-only',
    index: 'none',
    contacts: [],
    domains: [],
  };

  /** A private chat of Verona with Romeo in it. */
  async function privateChat(): Promise<BareJid> {
    const jid = bare('chat@groups.example.com');
    const member = { member: 'r0me000011112222', version: 1 } as const;
    const events: DatedEvent[] = [
      { kind: 'groupCreated', properties: PROPERTIES, parent: VERONA, at: 1 },
      { kind: 'joinRequested', ...member, jid: bare('romeo@example.com'), nickname: 'A', at: 1 },
      { kind: 'memberJoined', ...member, at: 1 },
    ];
    expect(await store.commit([{ group: jid, revision: 0, events }])).toEqual(['committed']);
    return jid;
  }

  it('takes its private chats with it', async () => {
    handle(CREATE);
    await says("type='result'");
    const chat = await privateChat();
    handle(DELETE);
    expect(await says("type='result'")).toContain(`from='${HOST}'`);
    expect(await says("to='romeo@example.com'")).toContain(`from='${chat}/Group'`);
    expect(await store.load(VERONA)).toBeUndefined();
    expect(await store.load(chat)).toBeUndefined();
  });

  it('can be made anew at once', async () => {
    handle(CREATE);
    handle(DELETE);
    handle(CREATE);
    for (const host of [HOST, HOST, HOST]) expect(await says("type='result'")).toContain(`from='${host}'`);
    expect((await store.load(VERONA))?.group.size).toBe(1);
  });

  it.each(['nobody', 'verona@elsewhere.example.com', 'a b', 'nobody@groups.example.com'])(
    'must be one of this host: %s',
    async (name) => {
      handle(iq('set', HOST, `<query xmlns='${GROUPS}#delete'>${name}</query>`));
      expect(await says("type='error'")).toContain('item-not-found');
    },
  );
});
