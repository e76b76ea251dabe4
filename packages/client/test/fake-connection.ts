import { type FullJid, parseFullJid } from '@xmpp-groups/core/jid';
import { parse, serialise, type XmlElement } from '@xmpp-groups/core/xml';
import type { Connection, ConnectionEvent } from '../src/connection.js';
import type { Platform } from '../src/platform.js';

const jidOf = (text: string): FullJid => {
  const read = parseFullJid(text);
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
};

export const ME = jidOf('juliet@example.com/balcony');

/** The element that a text is. */
export function elementOf(text: string): XmlElement {
  const read = parse(text);
  if (!read.ok) throw new Error(`${read.error.reason}: ${text}`);
  return read.value;
}

/** A connection whose other side is the test. */
export interface FakeConnection extends Connection {
  /** What was sent, as text. */
  readonly sent: string[];
  /** Lets a stanza come. */
  receive(text: string): void;
  /** Answers the last request with `part` in it that has no answer yet. */
  answer(part: string, payload?: string, type?: 'result' | 'error'): void;
  online(resumed?: boolean): void;
  offline(): void;
}

export function fakeConnection(): FakeConnection {
  const listeners = new Set<(event: ConnectionEvent) => void>();
  const sent: string[] = [];
  const requests: XmlElement[] = [];
  let own: FullJid | undefined;
  const tell = (event: ConnectionEvent): void => {
    for (const listener of [...listeners]) listener(event);
  };
  const receive = (text: string): void => tell({ kind: 'element', element: elementOf(text) });
  return {
    sent,
    send: (element) => {
      if (own === undefined) return Promise.reject(new Error('not connected'));
      sent.push(serialise(element));
      if (element.name === 'iq') requests.push(element);
      return Promise.resolve();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    own: () => own,
    receive,
    answer: (part, payload = '', type = 'result') => {
      const at = requests.findLastIndex((request) => serialise(request).includes(part));
      const [request] = at < 0 ? [] : requests.splice(at, 1);
      if (request === undefined) throw new Error(`nothing with ${part} among ${sent.join('\n')}`);
      const { id, to } = request.attrs;
      receive(
        `<iq xmlns='jabber:client' type='${type}' id='${id}' to='${ME}'${to === undefined ? '' : ` from='${to}'`}>${payload}</iq>`,
      );
    },
    online: (resumed = false) => {
      own = ME;
      tell({ kind: 'online', jid: ME, resumed });
    },
    offline: () => {
      own = undefined;
      tell({ kind: 'offline' });
    },
  };
}

/** A machine whose clock stands still until the test moves it. */
export interface FakePlatform extends Platform {
  /** Lets `ms` milliseconds pass. */
  pass(ms: number): void;
  /** How many timers run. */
  timers(): number;
}

/** When the fake clock begins: 2026-11-21. */
const START = 1_795_219_200_000;

export function fakePlatform(): FakePlatform {
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  let now = 0;
  let ids = 0;
  return {
    after: (ms, run) => {
      const key = ++ids;
      timers.set(key, { at: now + ms, run });
      return () => timers.delete(key);
    },
    now: () => START + now,
    newId: () => `id-${++ids}`,
    random: (below) => ++ids % below,
    sha1: () => Promise.resolve('0'.repeat(40)),
    pass: (ms) => {
      now += ms;
      for (const [key, { at, run }] of [...timers]) {
        if (at <= now && timers.delete(key)) run();
      }
    },
    timers: () => timers.size,
  };
}

/** Lets everything run that waits for promises that are settled. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
