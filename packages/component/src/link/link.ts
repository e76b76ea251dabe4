import type { EventEmitter } from 'node:events';
import type { BareJid, Jid } from '@xmpp-groups/core/jid';
import type { Result } from '@xmpp-groups/core/result';
import type { XmlElement } from '@xmpp-groups/core/xml';

/**
 * What became of a text that was handed to a link:
 * - `taken`: it goes out, and there is room for more;
 * - `full`: it goes out, but too much is waiting already; write no more before the next `drain`;
 * - `down`: it was not taken and will not go out; keep it and write it again after the next `up`.
 */
export type WriteOutcome = 'taken' | 'full' | 'down';

/** Why a link could not be brought up, or went down. */
export interface LinkProblem {
  /**
   * - `refused`: the server ended the stream with an error, see `condition`;
   * - `unreachable`: no connection could be made, or the server did not answer in time;
   * - `closed`: the connection or the stream was closed without an error;
   * - `silent`: the server stopped answering;
   * - `stopped`: `stop` was called.
   */
  readonly kind: 'refused' | 'unreachable' | 'closed' | 'silent' | 'stopped';
  /** The stream error (RFC 6120, section 4.9.3) when there was one, e.g. `not-authorized`. */
  readonly condition?: string;
  /** One English sentence for an operator: what happened and how to mend it. Holds no secret. */
  readonly sentence: string;
}

/**
 * A stanza that was handed over to this daemon and is to be acknowledged when all that follows from it is durable
 * and said. Until then whoever handed it over keeps it, for this daemon or the one that takes its place.
 */
export interface HandOver {
  /** No other stanza has this name, whatever happens to the server or to this daemon. */
  readonly id: string;
  /**
   * A daemon before this one may have acted upon it. `since`: when the server took it from its sender, in
   * milliseconds since the epoch; `said`: how much of what was said because of it has been delivered.
   */
  readonly again?: { readonly since: number; readonly said: number };
}

/** Something that happened in the server; the module inside ejabberd tells of it. */
export interface ServerEvent {
  /** What: the name of a hook of ejabberd without `_hook`, such as `remove_user`; `vcard_set`. */
  readonly name: string;
  /** The user whom it concerns: a bare JID, or that of one of his clients. */
  readonly user: Jid;
  /** The stanza that it is about, where there is one. */
  readonly stanza?: XmlElement;
}

/** The events of a link with the arguments of their listeners. */
export interface LinkEvents {
  /** The server has accepted the link: stanzas flow. Happens again after each reconnection. */
  up: [];
  /** The link that was up is so no more. It comes back by itself, unless it was stopped. */
  down: [problem: LinkProblem];
  /**
   * A stanza came in that is neither an answer to a `query` nor deeper than 64 levels; with `handOver` it waits to
   * be acknowledged.
   */
  stanza: [stanza: XmlElement, handOver?: HandOver];
  /** Something happened in the server; with `handOver` it is told to this daemon alone, and to be acknowledged. */
  event: [event: ServerEvent, handOver?: HandOver];
  /**
   * So many daemons serve the groups of this domain now, this one among them. Comes after each `up` and whenever it
   * changes, in order with the stanzas. A link on which there can be no other says nothing.
   */
  company: [runners: number];
  /** What was waiting has gone out: a writer that was told `full` may go on. */
  drain: [];
  /** An attempt to connect failed; `waitMs` milliseconds from now there will be another. */
  retry: [problem: LinkProblem, waitMs: number];
}

/** Why a query brought no result. */
export type QueryFailure =
  /** The asked entity, or a server on the way, answered with this IQ of type `error`. */
  | { readonly kind: 'error'; readonly stanza: XmlElement }
  /** No answer came in time. */
  | { readonly kind: 'timeout' }
  /** The link was down, or went down before the answer came. */
  | { readonly kind: 'down' };

/**
 * The way between this daemon and an XMPP server.
 *
 * A text that `write` has taken is never dropped silently: what the operating system had not accepted
 * when a connection broke is written again, in order and before the next `up`, on the connection that
 * follows. What had left the process may or may not have arrived: XEP-0114 has no acknowledgements, only the
 * module inside ejabberd has.
 */
export interface Link extends EventEmitter<LinkEvents> {
  /** The domain whose stanzas arrive here. */
  readonly domain: BareJid;
  isUp(): boolean;
  /**
   * Connects, and keeps connected until `stop`. The promise is fulfilled when the link is up for the first
   * time, or with the reason why it will not be: `stopped`, or, where the link was made not to retry, what
   * went wrong at the first attempt.
   */
  start(): Promise<Result<undefined, LinkProblem>>;
  /** Lets what was taken go out, closes the stream and the connection. A stopped link stays stopped. */
  stop(): Promise<void>;
  /**
   * Sends whole stanzas, given as XML text, each with `from` and `to`; one call is one write to the socket.
   * @param isOne it is a single stanza; where a long one has ended the stream, it is not written again
   */
  write(text: string, isOne?: boolean): WriteOutcome;
  /** Whether the other side takes a stanza of this text, as far as is known. */
  fits(text: string): boolean;
  /**
   * Stops reading what the server sends, or goes on; a link begins with it. One on which the other side waits for
   * acknowledgements, and so cannot send without end, reads on.
   */
  listen(isWanted: boolean): void;
  /**
   * Sends an IQ from `from` (default: `domain`) and waits for its answer, which counts only when it comes from `to` and
   * carries the unguessable id of this IQ (RFC 6120, section 8.2.3). The result is the whole IQ of type
   * `result`.
   */
  query(
    to: Jid,
    payload: XmlElement,
    type: 'get' | 'set',
    options?: { readonly timeoutMs?: number; readonly from?: Jid },
  ): Promise<Result<XmlElement, QueryFailure>>;
}
