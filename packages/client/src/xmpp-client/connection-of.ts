import { xml } from '@xmpp/client';
import { type FullJid, parseFullJid } from '@xmpp-groups/core/jid';
import type { XmlElement } from '@xmpp-groups/core/xml';
import type { Connection, ConnectionEvent } from '../connection.js';
import { awaitStreamManagement, type StreamManaged } from './stream-management.js';

/** What is needed of the value that `client()` of `@xmpp/client` returns. */
export interface XmppClient extends StreamManaged {
  readonly status: string;
  readonly jid: {
    /** The JID as text. */
    toString(): string;
  } | null;
  readonly socket: object | null;
  /** Calls `listener` for each stanza, or for each other element of the stream. */
  on(event: 'stanza' | 'nonza', listener: (element: XmlElement) => void): unknown;
  /** Calls `listener` each time when the connection is made, logged in, or lost. */
  on(event: 'online' | 'connect' | 'disconnect', listener: () => void): unknown;
  /** Sends a stanza; rejects when that cannot be. */
  send(element: ReturnType<typeof xml>): Promise<unknown>;
}

/** A copy as @xmpp/client wants it, whose stream management keeps and changes what is sent. */
export const copyOf = (element: XmlElement): ReturnType<typeof xml> =>
  xml(
    element.name,
    { ...element.attrs },
    ...element.children.map((node) => (typeof node === 'string' ? node : copyOf(node))),
  );

/** Each chunk is decoded by itself otherwise, which breaks characters that lie across two chunks. */
function decodeAsStream(socket: object | null): void {
  if (socket !== null && 'setEncoding' in socket && typeof socket.setEncoding === 'function') {
    socket.setEncoding('utf8');
  }
}

/**
 * The connection of an `@xmpp/client` (0.14), in Node or in a browser. Call it before the client is started; the
 * client logs in, answers requests and connects again by itself.
 */
export function connectionOf(client: XmppClient): Connection {
  const listeners = new Set<(event: ConnectionEvent) => void>();
  let own: FullJid | undefined;

  const tell = (event: ConnectionEvent): void => {
    for (const listener of [...listeners]) listener(event);
  };
  const comeOnline = (resumed: boolean): void => {
    const jid = parseFullJid(client.jid?.toString() ?? '');
    if (!jid.ok || client.status !== 'online') return;
    own = jid.value;
    tell({ kind: 'online', jid: jid.value, resumed });
  };

  const afterAgreement = awaitStreamManagement(client);
  client.on('connect', () => decodeAsStream(client.socket));
  client.on('online', () => afterAgreement(() => comeOnline(false)));
  client.streamManagement.on('resumed', () => queueMicrotask(() => comeOnline(true)));
  client.on('stanza', (element) => tell({ kind: 'element', element }));
  client.on('disconnect', () => {
    if (own === undefined) return;
    own = undefined;
    tell({ kind: 'offline' });
  });

  return {
    send: async (element) => {
      await client.send(copyOf(element));
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    own: () => own,
  };
}
