import type { BareJid, Jid } from '@xmpp-groups/core/jid';
import type { PlanError, SealFault } from '@xmpp-groups/core/kontalk';
import type { Failure } from '@xmpp-groups/core/result';
import type { ErrorCondition, ReceivedError } from '@xmpp-groups/core/stanza';

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

/** The error with which the promises of this package reject, and the only one. */
export class GroupsError extends Error {
  override readonly name = 'GroupsError';

  constructor(
    readonly attempted: Attempt,
    readonly condition: FaultCondition,
    /** A sentence, often in English, of the other side if it gave one. */
    readonly text: string | undefined,
    /** Whether the other side says that the same may succeed later (RFC 6120, section 8.3.2, type `wait`). */
    readonly later = false,
    /** Whom it is about, where it is about some of several. */
    readonly jids: readonly BareJid[] = [],
  ) {
    const to = attempted.to === undefined ? '' : ` (${attempted.to})`;
    super(`${attempted.what}${to}: ${condition}${text === undefined ? '' : `: ${text}`}`);
  }
}

/** The error for an error stanza. */
export const refused = (attempted: Attempt, { condition, text, type }: ReceivedError): GroupsError =>
  new GroupsError(attempted, condition, text, type === 'wait');

/** The error for an answer that cannot be read. */
export const unreadable = (attempted: Attempt, { path, reason }: Failure): GroupsError =>
  new GroupsError(attempted, 'unreadable', `${path}: ${reason}`);
