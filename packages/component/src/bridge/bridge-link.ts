import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Result } from '@xmpp-groups/core/result';
import { parse } from '@xmpp-groups/core/xml';
import type { Logger } from 'pino';
import { createIqTracker } from '../link/iq-tracker.js';
import type { HandOver, Link, LinkEvents, LinkProblem } from '../link/link.js';
import { queryOn } from '../link/query.js';
import { addressesOf } from '../link/refused.js';
import { stayConnected } from '../link/stay-connected.js';
import { writeTogether } from '../link/write-together.js';
import { createClaims } from './claims.js';
import { type BridgeConnection, connectBridge } from './connection.js';
import { type Frame, type HostMode, LONGEST_FRAME, type ShimFrame } from './frames.js';
import type { Admission, RunnerRole } from './handshake.js';
import type { BridgeEndpoint } from './problems.js';
import { readServerEvent } from './server-event.js';
import { createSession, type Utterance } from './session.js';

/** A stanza needs some room for what else is in its frame. */
const LONGEST_STANZA = LONGEST_FRAME - 1_024;

export interface BridgeLinkOptions extends Required<BridgeEndpoint>, Partial<RunnerRole> {
  /** What the module inside ejabberd was given. */
  readonly secret: string;
  /** Whether to go on when the very first attempt fails. A link that was up once always comes back. */
  readonly retryFirst: boolean;
  readonly log: Logger;
  /** For the waits between attempts, from 0 to 1; default: `Math.random`. */
  readonly random?: () => number;
}

/**
 * A link to the module inside ejabberd (docs/shim-protocol.md). What is said on it is kept until the module has
 * routed it, also while there is no connection; `drain` comes each time when nothing is kept any more.
 */
export interface BridgeLink extends Link {
  say(utterance: Extract<Utterance, { kind: 'route' | 'fanOut' | 'groups' | 'release' }>): void;
  /** Where the groups are, as the module said when the link came up for the last time. */
  mode(): HostMode | undefined;
  /** Takes a local part for a group, unless a user has it; rejects when nobody answers. */
  claim(name: string): Promise<boolean>;
  /** All that follows from the stanza is durable, and was said. */
  acknowledge(stanza: HandOver): void;
  /** How many bytes have been said, and not been routed yet. */
  unconfirmed(): number;
  /** How many stanzas came, and are not acknowledged yet. */
  unacknowledged(): number;
}

const UNHANDLED = 'The group service could not handle this';

/** Nothing happens before `start`. */
export function createBridgeLink(options: BridgeLinkOptions): BridgeLink {
  const { domain, log, random = Math.random, serves = true, events: wanted = [] } = options;
  const events = new EventEmitter<LinkEvents>();
  const queries = createIqTracker();
  const session = createSession();
  const stopping = new AbortController();
  let connection: BridgeConnection | undefined;
  let running: Promise<void> | undefined;
  let mode: HostMode | undefined;
  /** Acknowledged since the last frame that says so. */
  let finished: HandOver[] = [];

  const utter = (utterance: Utterance): void => {
    const bytes = session.say(utterance);
    if (bytes !== undefined && connection !== undefined) writeTogether(connection.socket, bytes);
  };
  const claims = createClaims((kind, name) => utter({ kind, name }));
  const tellFinished = (): void => {
    const stanzas = finished;
    finished = [];
    if (stanzas.length > 0) utter({ kind: 'acknowledge', stanzas });
  };
  const acknowledge = (stanza: HandOver): void => {
    // Many are finished by one transaction: one frame for all of them.
    if (finished.length === 0) setImmediate(tellFinished);
    finished.push(stanza);
  };

  const receiveStanza = (frame: Extract<ShimFrame, { kind: 'stanza' }>): void => {
    const handOver = session.take(frame);
    if (handOver === undefined) return;
    const stanza = parse(frame.xml, { maxLength: LONGEST_FRAME });
    if (!stanza.ok) {
      log.warn({ path: stanza.error.path, reason: stanza.error.reason }, 'a stanza could not be read');
      utter({ kind: 'reject', stanza: handOver, text: `${stanza.error.path}: ${stanza.error.reason}` });
      return;
    }
    if (queries.take(stanza.value)) {
      acknowledge(handOver);
      return;
    }
    try {
      events.emit('stanza', stanza.value, handOver);
    } catch (error) {
      log.error({ err: error, ...addressesOf(stanza.value) }, 'a stanza could not be handled');
      utter({ kind: 'reject', stanza: handOver, text: UNHANDLED });
    }
  };

  const receiveEvent = (frame: Extract<ShimFrame, { kind: 'event' }>): void => {
    const handOver = frame.number === 0 ? undefined : session.take(frame);
    if (frame.number !== 0 && handOver === undefined) return;
    const event = readServerEvent(frame);
    try {
      if (event.ok && events.emit('event', event.value, handOver)) return;
      if (!event.ok) log.warn({ event: frame.name, reason: event.error }, 'an event could not be read');
    } catch (error) {
      log.error({ err: error, event: frame.name, user: frame.user }, 'an event could not be handled');
    }
    if (handOver !== undefined) acknowledge(handOver);
  };

  const receive = (frame: Frame): void => {
    if (frame.kind === 'stanza') receiveStanza(frame);
    else if (frame.kind === 'event') receiveEvent(frame);
    else if (frame.kind === 'claimed') claims.answered(frame.name, frame.free);
    else if (frame.kind === 'company') events.emit('company', frame.runners);
    else if (frame.kind === 'taken') {
      session.taken(frame.number);
      if (session.unconfirmed() === 0) events.emit('drain');
    } else log.warn({ kind: frame.kind }, 'a frame came that has no place here');
  };

  const goUp = (opened: BridgeConnection, { welcome, incarnation }: Admission): void => {
    connection = opened;
    mode = welcome.mode;
    for (const bytes of session.welcome(welcome, incarnation)) opened.socket.write(bytes);
    claims.askAgain();
    events.emit('up');
  };
  const goDown = (problem: LinkProblem): void => {
    connection = undefined;
    queries.failAll();
    events.emit('down', problem);
  };

  /** The module gives answers to the session whose name their ids begin with. */
  const newQueryId = (): string => `${session.id.toString('hex', 0, 4)}-${randomUUID()}`;
  const query = queryOn(
    domain,
    queries,
    newQueryId,
    () => connection !== undefined,
    (xml) => utter({ kind: 'route', xml }),
  );

  const run = (first: (outcome: Result<undefined, LinkProblem>) => void): Promise<void> => {
    const role = { serves, events: wanted };
    const listeners = { opened: goUp, frame: receive, ended: goDown };
    return stayConnected(
      {
        connect: (signal) => connectBridge(options, options.secret, session, role, listeners, signal),
        retryFirst: options.retryFirst,
        random,
        retrying: (problem, waitMs) => events.emit('retry', problem, waitMs),
      },
      first,
      stopping.signal,
    );
  };

  return Object.assign(events, {
    domain,
    isUp: () => connection !== undefined,
    start: () =>
      new Promise<Result<undefined, LinkProblem>>((resolve) => {
        if (running !== undefined) throw new Error('a link is started once');
        // Fails only by an exception of a listener: nobody catches that, and it ends the process.
        running = run(resolve);
      }),
    stop: async () => {
      stopping.abort();
      tellFinished();
      await connection?.close();
      await running;
    },
    write: (xml: string) => {
      utter({ kind: 'route', xml });
      return 'taken' as const;
    },
    fits: (text: string) => Buffer.byteLength(text) <= LONGEST_STANZA,
    listen: () => undefined,
    query,
    say: utter,
    mode: () => mode,
    claim: claims.claim,
    acknowledge,
    unconfirmed: session.unconfirmed,
    unacknowledged: session.unacknowledged,
  });
}
