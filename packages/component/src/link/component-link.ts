import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { Result } from '@xmpp-groups/core/result';
import { iq, refusal } from '@xmpp-groups/core/stanza';
import { ping } from '@xmpp-groups/core/xep';
import { NS, serialise, type XmlElement } from '@xmpp-groups/core/xml';
import type { Logger } from 'pino';
import { pause } from './backoff.js';
import { type Connection, connect } from './connection.js';
import { DEEPEST, isDeeperThan } from './depth.js';
import { createIqTracker } from './iq-tracker.js';
import { type KeepAlive, keepAlive, type Rhythm } from './keep-alive.js';
import type { Link, LinkEvents, LinkProblem, WriteOutcome } from './link.js';
import { createOutbox } from './outbox.js';
import { type Endpoint, silence } from './problems.js';
import { queryOn } from './query.js';
import { addressesOf, refusedUnread } from './refused.js';
import { stanzaLimit } from './stanza-limit.js';
import { stayConnected } from './stay-connected.js';

export interface ComponentLinkOptions extends Endpoint {
  /** What the server's configuration holds for this component. */
  readonly secret: string;
  /** The longest stanza that the server takes, in bytes; 0, the default: not known. */
  readonly maxStanzaBytes?: number;
  /** Whether to go on when the very first attempt fails. A link that was up once always comes back. */
  readonly retryFirst: boolean;
  readonly log: Logger;
  /** Default: a ping every minute, 30 seconds for an answer. */
  readonly rhythm?: Rhythm;
  /** For the waits between attempts, from 0 to 1; default: `Math.random`. */
  readonly random?: () => number;
}

/** How long `stop` lets what was taken go out. */
const FLUSH_MS = 3_000;
const RHYTHM: Rhythm = { everyMs: 60_000, graceMs: 30_000 };
/** How much text may wait for the socket before writers are asked to hold. */
const HIGH_WATER_BYTES = 1_048_576;

/** A link by the component protocol (XEP-0114) over TCP. Nothing happens before `start`. */
export function createComponentLink(options: ComponentLinkOptions): Link {
  const { domain, log, random = Math.random } = options;
  const events = new EventEmitter<LinkEvents>();
  const queries = createIqTracker();
  const outbox = createOutbox();
  const limit = stanzaLimit(options.maxStanzaBytes ?? 0);
  const stopping = new AbortController();
  /** The connection, while it is up. */
  let connection: Connection | undefined;
  let running: Promise<void> | undefined;
  let beat: KeepAlive | undefined;
  let held = false;
  let isDeaf = false;
  /** How the ids of pings begin; an answer may come after the next ping has gone. */
  const pings = `${randomUUID()}-`;
  let pingsSent = 0;

  /**
   * The ping goes to the component's own domain: the server sends it straight back, whatever domains it
   * serves and whether it knows XEP-0199 or not.
   */
  const sendPing = (): void => {
    if (connection === undefined) return;
    pingsSent += 1;
    const envelope = { from: domain, to: domain, id: `${pings}${pingsSent}`, type: 'get' } as const;
    const text = serialise(iq.build({ ...envelope, payload: [ping.build({})] }), NS.client);
    outbox.write(connection.socket, text, false);
  };
  const isOwnPing = (stanza: XmlElement): boolean => {
    const read = iq.is(stanza) ? iq.parse(stanza) : undefined;
    return read?.ok === true && read.value.id.startsWith(pings) && read.value.from === domain;
  };

  const refuseDeep = (stanza: XmlElement): void => {
    log.warn(addressesOf(stanza), `dropped a stanza of more than ${DEEPEST} levels`);
    const reason = `Elements are nested more than ${DEEPEST} levels deep`;
    const answer = refusedUnread(stanza, refusal('policy-violation', reason));
    if (answer !== undefined && connection !== undefined) outbox.write(connection.socket, answer, true);
  };

  const receive = (stanza: XmlElement): void => {
    if (isDeeperThan(DEEPEST, stanza)) refuseDeep(stanza);
    else if (!queries.take(stanza) && !isOwnPing(stanza)) {
      try {
        events.emit('stanza', stanza);
      } catch (error) {
        log.error({ err: error, ...addressesOf(stanza) }, 'a stanza could not be handled');
      }
    }
  };

  const goUp = (opened: Connection): void => {
    connection = opened;
    held = false;
    opened.socket.on('drain', () => {
      if (!held) return;
      held = false;
      events.emit('drain');
    });
    isDeaf = false;
    const signs = {
      // What is not read cannot show that the server lives; that it reads does.
      get bytesRead() {
        const { bytesRead, bytesWritten, writableLength } = opened.socket;
        return isDeaf ? bytesWritten - writableLength : bytesRead;
      },
    };
    beat = keepAlive(signs, options.rhythm ?? RHYTHM, sendPing, () => opened.cut(silence(options)));
    outbox.rewrite(opened.socket);
    events.emit('up');
  };
  const goDown = (problem: LinkProblem): void => {
    connection = undefined;
    beat?.stop();
    outbox.detach();
    const guess = limit.ended(problem.condition, performance.now());
    if (guess !== undefined) {
      // On the next connection it would do the same again.
      outbox.keepOnly(limit.fits);
      log.warn(
        guess,
        `the server ended the stream at ${guess.length} bytes; answers of more than ${guess.limit} are refused from now on: give component.maxStanzaBytes what the server's configuration says`,
      );
    }
    queries.failAll();
    events.emit('down', problem);
  };

  const run = (first: (outcome: Result<undefined, LinkProblem>) => void): Promise<void> => {
    const listeners = { opened: goUp, stanza: receive, ended: goDown };
    return stayConnected(
      {
        connect: (signal) => connect(options, options.secret, listeners, signal),
        retryFirst: options.retryFirst,
        random,
        retrying: (problem, waitMs) => events.emit('retry', problem, waitMs),
      },
      first,
      stopping.signal,
    );
  };

  const query = queryOn(
    domain,
    queries,
    randomUUID,
    () => connection !== undefined,
    (text) => {
      if (connection !== undefined) outbox.write(connection.socket, text, false);
    },
  );

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
      if (connection !== undefined) await flushed(connection.socket);
      await connection?.close();
      await running;
    },
    write: (text: string, isOne = false): WriteOutcome => {
      if (connection === undefined) return 'down';
      if (isOne) limit.wrote(text, performance.now());
      outbox.write(connection.socket, text, true, isOne);
      held ||= connection.socket.writableLength > HIGH_WATER_BYTES;
      return held ? 'full' : 'taken';
    },
    fits: limit.fits,
    listen: (isWanted: boolean) => {
      isDeaf = !isWanted;
      if (isWanted) connection?.socket.resume();
      else connection?.socket.pause();
    },
    query,
  });
}

/** Waits until the socket has nothing left to write, is closed, or `FLUSH_MS` are over. */
async function flushed(socket: Socket): Promise<void> {
  const deadline = AbortSignal.timeout(FLUSH_MS);
  // Whoever held back writes more at each drain.
  while (socket.writableNeedDrain && !deadline.aborted) {
    const done = new AbortController();
    const proceed = (): void => done.abort();
    socket.once('drain', proceed).once('close', proceed);
    await pause(FLUSH_MS, AbortSignal.any([deadline, done.signal]));
    socket.off('drain', proceed).off('close', proceed);
  }
}
