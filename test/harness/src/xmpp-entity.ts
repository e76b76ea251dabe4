import { client } from '@xmpp/client';
import type { Element } from '@xmpp/xml';
import type { ConnectOptions } from './client.js';
import { provideWebSocket } from './websocket.js';

/** The value that `client()` of @xmpp/client returns, which has no types of its own, before it is started. */
export interface XmppEntity {
  readonly status: string;
  readonly jid: { toString(): string } | null;
  readonly socket: object | null;
  readonly streamManagement: {
    readonly enabled: boolean;
    on(event: 'resumed', listener: () => void): unknown;
  };
  readonly iqCallee: {
    get(
      namespace: string,
      name: string,
      answer: (request: { readonly element: Element }) => unknown,
    ): unknown;
  };
  on(event: 'stanza' | 'nonza', listener: (element: Element) => void): unknown;
  on(event: 'online' | 'connect' | 'disconnect', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  send(element: Element): Promise<unknown>;
  start(): Promise<unknown>;
  stop(): Promise<unknown>;
  /** Ends the connection in good order; it comes again by itself, as a new session. */
  disconnect(): Promise<unknown>;
}

/** A client as programs make it that use @xmpp/client; it connects again when it loses the connection. */
export function xmppEntity({
  server,
  user,
  password,
  transport = 'tcp',
}: Pick<ConnectOptions, 'server' | 'user' | 'password' | 'transport'>): XmppEntity {
  if (transport === 'websocket') provideWebSocket();
  return client({
    service: transport === 'websocket' ? server.websocketUrl : `xmpp://127.0.0.1:${server.c2sPort}`,
    domain: server.host,
    username: user,
    password,
    // Of its own it gives a server two seconds to answer, which one that shares its processors may need.
    timeout: 15_000,
  });
}
