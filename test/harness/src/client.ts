import { client } from '@xmpp/client';
import { serialise, type XmlElement, xml } from '@xmpp-groups/core/xml';
import { createInbox, type Inbox, type Predicate } from './inbox.js';
import { parseStanza, toLtx } from './ltx.js';
import { createRequests, type Requests } from './requests.js';
import { createRoster, type Roster } from './roster.js';
import type { XmppServer } from './server.js';
import { StanzaError } from './stanza-error.js';
import { watchStreamManagement } from './stream-management.js';
import { provideWebSocket } from './websocket.js';

export interface ConnectOptions {
  readonly server: Pick<XmppServer, 'host' | 'c2sPort' | 'websocketUrl'>;
  readonly user: string;
  readonly password: string;
  /** Made by the server when not given. */
  readonly resource?: string;
  /** `PLAIN`: logs in so, although the stream is not encrypted. Otherwise by the best that the server offers but this. */
  readonly mechanism?: 'PLAIN';
  /** `tcp` unless given. */
  readonly transport?: 'tcp' | 'websocket';
  /** Milliseconds for connecting and logging in, 15,000 unless given. */
  readonly timeout?: number;
  /** `false`: stanzas go to `onStanza` only and are not kept. For measurements. */
  readonly record?: boolean;
}

/** A logged-in client. What is received is kept in order; see `Inbox` for `expect` and its relatives. */
export interface XmppClient extends Pick<Inbox, 'expect' | 'received' | 'pending' | 'mark'> {
  /** The full JID. */
  readonly jid: string;
  readonly bare: string;
  readonly roster: Roster;
  /** Errors of the connection so far, such as stream errors. */
  readonly errors: readonly Error[];
  /** Sends one stanza, given as an element or as text. Resolves when it is with the operating system. */
  send(stanza: XmlElement | string): Promise<void>;
  /** Writes text to the stream as it is, well-formed or not. Stream management does not count it. */
  sendRaw(text: string): Promise<void>;
  /** Sends presence: available, unless `attrs` says otherwise. */
  sendPresence(
    attrs?: { readonly to?: string; readonly type?: string },
    children?: readonly XmlElement[],
  ): Promise<void>;
  /** Sends a request and resolves with the whole answer. Rejects with a `StanzaError` or on time-out. */
  iq: Requests['request'];
  /** Calls `listener` for every stanza that comes. Returns the function that ends it. */
  onStanza(listener: (stanza: XmlElement) => void): () => void;
  /**
   * Answers requests with this payload. Without it they are answered with service-unavailable, except for
   * pings and roster pushes. The handler's result is the answer's payload, `undefined` for an empty answer.
   */
  answer(
    type: 'get' | 'set',
    namespace: string,
    name: string,
    handler: (payload: XmlElement, iq: XmlElement) => XmlElement | undefined,
  ): void;
  /**
   * Proves that nothing that satisfies `predicate` has come since the last mark or found stanza: sends a
   * ping to `until` (the own server unless given), whose answer comes after everything that was under way
   * on the same path, and looks at what had come by then. Any answer will do. Rejects with what came.
   */
  none(predicate: Predicate, until?: string): Promise<void>;
  /** Closes the stream in good order. */
  stop(): Promise<void>;
  /** Cuts the connection without closing the stream, as a lost network does. */
  drop(): Promise<void>;
}

const PING = xml('ping', { xmlns: 'urn:xmpp:ping' });

const bareOf = (jid: string): string => jid.split('/', 1).join('');

/** Connects and logs in. No presence is sent: without it no messages to the bare JID are received. */
export async function connect(options: ConnectOptions): Promise<XmppClient> {
  const { server, user, password, resource, mechanism, timeout = 15_000, record = true } = options;
  const websocket = options.transport === 'websocket';
  if (websocket) provideWebSocket();

  const entity = client({
    service: websocket ? server.websocketUrl : `xmpp://127.0.0.1:${server.c2sPort}`,
    domain: server.host,
    username: user,
    password,
    ...(mechanism === undefined
      ? {}
      : { credentials: (login) => login({ username: bytes(user), password: bytes(password) }, mechanism) }),
    timeout,
    ...(resource === undefined ? {} : { resource }),
  });
  entity.reconnect.stop();

  const bare = `${user}@${server.host}`;
  const errors: Error[] = [];
  const listeners = new Set<(stanza: XmlElement) => void>();
  const inbox = createInbox(`${bare}${resource === undefined ? '' : `/${resource}`}`);
  const send = (stanza: XmlElement | string) =>
    entity.send(typeof stanza === 'string' ? parseStanza(stanza) : toLtx(stanza));
  const own = (address: string) =>
    address.toLowerCase() === server.host || bareOf(address).toLowerCase() === bare.toLowerCase();
  const requests = createRequests(send, own);

  entity.on('error', (error) => errors.push(error));
  entity.on('connect', () => {
    // Each chunk is decoded by itself otherwise, which breaks characters that lie across two chunks.
    if (entity.socket !== null && 'setEncoding' in entity.socket) entity.socket.setEncoding('utf8');
  });
  entity.on('stanza', (stanza) => {
    if (record) inbox.push(stanza);
    requests.answer(stanza);
    for (const listener of listeners) listener(stanza);
  });
  const disconnected = new Promise<void>((resolve) => {
    entity.on('disconnect', () => {
      const cause = errors.at(-1);
      const reason = `the connection of ${bare} ended${cause === undefined ? '' : ` (${cause.message})`}`;
      inbox.close(reason);
      requests.close(`No answer: ${reason}.`);
      resolve();
    });
  });
  entity.iqCallee.set('jabber:iq:roster', 'query', () => ({}));

  const agreed = watchStreamManagement(entity);
  const start = async () => {
    const address = await entity.start();
    await agreed();
    return address.toString();
  };
  const jid = await login(entity, start, timeout, `${bare} could not log in`);

  return {
    jid,
    bare,
    errors,
    roster: createRoster(requests.request),
    expect: inbox.expect,
    received: inbox.received,
    pending: inbox.pending,
    mark: inbox.mark,
    iq: requests.request,
    send,
    sendRaw: (text) => entity.write(text),
    sendPresence: (attrs = {}, children = []) => send(xml('presence', attrs, children)),
    onStanza: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    answer: (type, namespace, name, handler) => {
      entity.iqCallee[type](namespace, name, ({ element, stanza }) => {
        const payload = handler(element, stanza);
        return payload === undefined ? {} : toLtx(payload);
      });
    },
    none: async (predicate, until = server.host) => {
      await requests.request(until, 'get', PING).catch((error: unknown) => {
        if (!(error instanceof StanzaError)) throw error;
      });
      const came = inbox.pending(predicate);
      if (came.length === 0) return;
      const texts = came.map((stanza) => `\n  ${serialise(stanza)}`);
      throw new Error(`${bare} received what should not have come:${texts.join('')}`);
    },
    stop: async () => {
      await entity.stop();
    },
    drop: async () => {
      const { socket } = entity;
      if (socket === null) return;
      if ('destroy' in socket) socket.destroy();
      else socket.socket?.terminate();
      await disconnected;
    },
  };
}

/** @xmpp/client encodes what it sends by PLAIN as if each character were a byte, and refuses larger ones. */
const bytes = (text: string): string => Buffer.from(text).toString('latin1');

/** Resolves with the full JID. When it fails, the connection is closed. */
async function login(
  entity: ReturnType<typeof client>,
  start: () => Promise<string>,
  timeout: number,
  failed: string,
): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeout} ms`)), timeout);
  });
  try {
    return await Promise.race([start(), late]);
  } catch (error) {
    await entity.stop();
    throw new Error(`${failed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
