/**
 * What happens in an ejabberd with mod_xmpp_groups, for other programs.
 * @module @xmpp-groups/component/server-events
 */
import { EventEmitter } from 'node:events';
import type { Jid } from '@xmpp-groups/core/jid';
import type { XmlElement } from '@xmpp-groups/core/xml';
import type { BridgeAddress } from './bridge/address.js';
import { type BridgeConnection, connectBridge } from './bridge/connection.js';
import { readServerEvent } from './bridge/server-event.js';
import { createSession } from './bridge/session.js';
import type { LinkProblem } from './link/link.js';
import { stayConnected } from './link/stay-connected.js';

export type { BridgeAddress } from './bridge/address.js';
export type { LinkProblem } from './link/link.js';

/** Names of hooks of ejabberd without `_hook`; `vcard_set`: somebody has set his vCard. */
export type ServerEventName =
  | 'offline_message'
  | 'register_user'
  | 'remove_user'
  | 'sm_register_connection'
  | 'sm_remove_connection'
  | 'user_send_packet'
  | 'vcard_set';

/** Something that happened in the server. */
export interface ServerNews<Name extends ServerEventName = ServerEventName> {
  readonly name: Name;
  /** The user whom it concerns: his bare JID, or that of one of his clients. */
  readonly user: Jid;
  /** The stanza that it is about, where there is one. */
  readonly stanza?: XmlElement;
}

export interface ListenOptions<Name extends ServerEventName> {
  /** Where the module listens. */
  readonly address: BridgeAddress;
  /** What the module was given as its secret. */
  readonly secret: string;
  /** Of what to hear; the option `events` of the module has to name it as well. */
  readonly events: readonly Name[];
}

/** The events of a listener with the arguments of their listeners. */
export interface ListenerEvents<Name extends ServerEventName> {
  news: [news: ServerNews<Name>];
  /** From now on nothing is missed, until `down`. */
  up: [];
  /** The connection ended; it is made anew. */
  down: [problem: LinkProblem];
  /** An attempt to connect failed; `waitMs` milliseconds from now there will be another. */
  retry: [problem: LinkProblem, waitMs: number];
}

/** A connection over which events come; it comes back by itself. */
export interface ServerListener<Name extends ServerEventName> extends EventEmitter<ListenerEvents<Name>> {
  /** Ends it for good. */
  stop(): Promise<void>;
}

/**
 * Listens to what happens in an ejabberd with mod_xmpp_groups, beside the daemon, which goes on serving groups. It begins
 * at once, and lasts until it is stopped. Nothing is kept for a listener that is not connected, and none is
 * waited for.
 */
export function listenToServer<const Name extends ServerEventName>({
  address,
  secret,
  events,
}: ListenOptions<Name>): ServerListener<Name> {
  const listener = new EventEmitter<ListenerEvents<Name>>();
  const session = createSession();
  const stopping = new AbortController();
  let connection: BridgeConnection | undefined;

  const running = stayConnected(
    {
      connect: (signal) =>
        connectBridge(
          { address },
          secret,
          session,
          { serves: false, events },
          {
            opened: (opened) => {
              connection = opened;
              listener.emit('up');
            },
            frame: (frame) => {
              if (frame.kind !== 'event') return;
              const name = events.find((each) => each === frame.name);
              const event = readServerEvent(frame);
              if (name !== undefined && event.ok) listener.emit('news', { ...event.value, name });
            },
            ended: (problem) => {
              connection = undefined;
              listener.emit('down', problem);
            },
          },
          signal,
        ),
      retryFirst: true,
      random: Math.random,
      retrying: (problem, waitMs) => listener.emit('retry', problem, waitMs),
    },
    () => undefined,
    stopping.signal,
  );
  return Object.assign(listener, {
    stop: async () => {
      stopping.abort();
      await connection?.close();
      await running;
    },
  });
}
