import type { BareJid, Jid } from '@xmpp-groups/core/jid';
import type { PlanError, SealFault } from '@xmpp-groups/core/kontalk';
import type { Failure } from '@xmpp-groups/core/result';
import type { ErrorCondition, ReceivedError } from '@xmpp-groups/core/stanza';
import type { XmlElement } from '@xmpp-groups/core/xml';

/** What was tried: in words for people, and with whom; without `to`: with the own server. */
export interface Attempt {
  readonly what: string;
  readonly to?: Jid | undefined;
}

/**
 * Why something failed: a condition of RFC 6120 (section 8.3.3) that the other side gave, or
 * - `timeout`: no answer came in time; it may have been done or not
 * - `offline`: the connection was lost before the answer; it may have been done or not
 * - `unreadable`: an answer came that says nothing that is understood
 * - `turned-away`: a group has refused somebody who wanted to join
 * - `closed`: the client itself has ended it
 * - `state`: what is kept on this machine cannot be read or written
 * - a rule of Kontalk groups, by its own name: nothing was sent; `missing-key` and `unusable-key` name people
 */
export type FaultCondition =
  | ErrorCondition
  | 'timeout'
  | 'offline'
  | 'unreadable'
  | 'turned-away'
  | 'closed'
  | 'state'
  | PlanError['reason']
  | SealFault['kind'];

/** What an error tells besides its condition. */
export interface FaultDetails {
  /** Whether the other side says that the same may succeed later (RFC 6120, section 8.3.2, type `wait`). */
  readonly later: boolean;
  /** Whom it is about, where it is about some of several. */
  readonly jids: readonly BareJid[];
  /** What the error stanza carries besides, such as the JID of what is there already. */
  readonly beside: readonly XmlElement[];
}

/** The error with which the promises of this package reject, and the only one. */
export class GroupsError extends Error implements FaultDetails {
  override readonly name = 'GroupsError';
  readonly later: boolean;
  readonly jids: readonly BareJid[];
  readonly beside: readonly XmlElement[];

  constructor(
    readonly attempted: Attempt,
    readonly condition: FaultCondition,
    /** A sentence, often in English, of the other side if it gave one. */
    readonly text: string | undefined,
    more: Partial<FaultDetails> = {},
  ) {
    const to = attempted.to === undefined ? '' : ` (${attempted.to})`;
    super(`${attempted.what}${to}: ${condition}${text === undefined ? '' : `: ${text}`}`);
    this.later = more.later ?? false;
    this.jids = more.jids ?? [];
    this.beside = more.beside ?? [];
  }
}

/**
 * The error for an error stanza.
 * @param payload the children of the stanza
 */
export const refused = (
  attempted: Attempt,
  { condition, text, type, more }: ReceivedError,
  payload: readonly XmlElement[] = [],
): GroupsError =>
  new GroupsError(attempted, condition, text, { later: type === 'wait', beside: [...payload, ...more] });

/** Whether the same may succeed at another time: nothing was refused for good. */
export const isTemporary = ({ condition, later }: GroupsError): boolean =>
  later || condition === 'timeout' || condition === 'offline';

/** The error for an answer that cannot be read. */
export const unreadable = (attempted: Attempt, { path, reason }: Failure): GroupsError =>
  new GroupsError(attempted, 'unreadable', `${path}: ${reason}`);
