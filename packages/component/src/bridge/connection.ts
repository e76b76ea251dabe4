import { connect as connectSocket, type Socket } from 'node:net';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import type { LinkProblem } from '../link/link.js';
import { STOPPED } from '../link/problems.js';
import { createChunks } from './chunks.js';
import type { Frame } from './frames.js';
import { type Admission, createHandshake, type RunnerRole } from './handshake.js';
import {
  type BridgeEndpoint,
  brokenFrame,
  closeProblem,
  connectProblem,
  notTheProtocol,
} from './problems.js';
import { decodeFrame } from './read-frame.js';
import type { Session } from './session.js';

/** How long the module may take to let a daemon in; it may have to finish with the one before. */
const NEGOTIATION_MS = 15_000;
/** How long the module may take to close the connection from its side. */
const CLOSE_MS = 2_000;

/** A connection to the module inside ejabberd, on which this daemon has been let in. */
export interface BridgeConnection {
  readonly socket: Socket;
  /** Fulfilled, with the reason, when nothing is left of the connection. Comes after `ended`. */
  readonly closed: Promise<LinkProblem>;
  /** Lets what was written go out and closes; fulfilled when the connection is closed. */
  close(): Promise<void>;
}

/** What a connection calls: `opened` first, `ended` last, each at most once. */
export interface BridgeListeners {
  readonly opened: (connection: BridgeConnection, admission: Admission) => void;
  readonly frame: (frame: Frame) => void;
  readonly ended: (problem: LinkProblem) => void;
}

/**
 * Connects to `endpoint` and does the handshake. Given up when `signal` is aborted.
 * @returns the open connection, or why there is none
 */
export function connectBridge(
  endpoint: BridgeEndpoint,
  secret: string,
  session: Session,
  role: RunnerRole,
  listeners: BridgeListeners,
  signal: AbortSignal,
): Promise<Result<BridgeConnection, LinkProblem>> {
  const { address } = endpoint;
  return new Promise((resolve) => {
    const socket = connectSocket('socket' in address ? { path: address.socket } : address);
    const handshake = createHandshake(endpoint, secret, session, role);
    const chunks = createChunks();
    let open = false;
    let problem: LinkProblem | undefined;

    const limit = AbortSignal.any([signal, AbortSignal.timeout(NEGOTIATION_MS)]);
    const giveUp = (): void => fail(signal.aborted ? STOPPED : connectProblem(limit.reason, endpoint));
    const fail = (reason: LinkProblem): void => {
      problem ??= reason;
      socket.destroy();
    };
    const closed = new Promise<LinkProblem>((tell) => {
      socket.once('close', () => {
        limit.removeEventListener('abort', giveUp);
        const reason =
          problem ?? (open ? closeProblem(undefined, endpoint) : connectProblem(undefined, endpoint));
        if (open) end(reason);
        else resolve(err(reason));
        tell(reason);
      });
    });
    const end = (reason: LinkProblem): void => {
      if (!open) return;
      open = false;
      problem ??= reason;
      listeners.ended(problem);
    };
    const connection: BridgeConnection = {
      socket,
      closed,
      close: async () => {
        end(STOPPED);
        socket.end();
        const timer = setTimeout(() => socket.destroy(), CLOSE_MS);
        await closed;
        clearTimeout(timer);
      },
    };

    const admit = (frame: Frame): void => {
      const next = handshake.step(frame);
      if (!next.ok) fail(next.error);
      else if (Buffer.isBuffer(next.value)) socket.write(next.value);
      else {
        limit.removeEventListener('abort', giveUp);
        open = true;
        listeners.opened(connection, next.value);
        resolve(ok(connection));
      }
    };
    const unreadable = (reason: string): void =>
      fail(open ? brokenFrame(endpoint, reason) : notTheProtocol(endpoint, reason));

    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      const cut = chunks.add(chunk);
      if (!cut.ok) unreadable(cut.error);
      for (const bytes of cut.ok ? cut.value : []) {
        if (problem !== undefined) return;
        const frame = decodeFrame(bytes);
        if (!frame.ok) unreadable(frame.error);
        else if (open) listeners.frame(frame.value);
        else admit(frame.value);
      }
    });
    socket.on('error', (error) => {
      problem ??= open ? closeProblem(error, endpoint) : connectProblem(error, endpoint);
    });
    limit.addEventListener('abort', giveUp);
    if (limit.aborted) giveUp();
  });
}
