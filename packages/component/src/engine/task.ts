import type { BareJid } from '@xmpp-groups/core/jid';
import type { Stanza, StanzaError } from '@xmpp-groups/core/stanza';
import type { Asked, Delivery, Environment, GroupCommand, Notice, Store } from '@xmpp-groups/core/xabber';
import type { Logger } from 'pino';
import type { HandOver } from '../link/link.js';
import type { Batch } from './batch.js';
import type { Names } from './names.js';
import type { Occasion } from './outlet.js';

/** A command for a group, and how its sender hears of the outcome. */
export interface Task {
  readonly command: GroupCommand;
  /** How much it counts while it waits; default: 1. Long stanzas count for several. */
  readonly weight?: number;
  /** For answers and histories: the IQ, if the command came as one. */
  readonly asked?: Asked | undefined;
  /** Answers the stanza: with a result, or with an error. Called after the decision is durable, at most once. */
  answer?(outcome: Extract<Notice, { kind: 'result' }> | StanzaError): void;
  /** The stanza that the command came in, where that is to be acknowledged. */
  readonly handOver?: HandOver | undefined;
  /** Called once, when all that follows from the command is durable and said, or nothing follows from it. */
  finished?(): void;
}

/** How the other side hears that a stanza is done with; empty where it does not ask. */
export type Receipt = Pick<Task, 'handOver' | 'finished'>;

/** Whom an answer to this request goes to, and under which id. */
export const askedBy = ({ to, from, id }: Extract<Stanza, { kind: 'iq' }>): Asked => ({ to, from, id });

/** What mailboxes share. */
export interface Surroundings {
  readonly store: Store;
  readonly batch: Batch;
  readonly log: Logger;
  /** Absent where the host has no users: there every address is free for groups. */
  readonly names?: Names | undefined;
  environment(): Environment;
  /** Whether other daemons write the same groups: what is in memory is then compared before it is used. */
  isShared(): boolean;
  /** Resolves some milliseconds later. */
  wait(ms: number): Promise<unknown>;
  /** Sends what a group says, in order. */
  send(deliveries: readonly Delivery[], occasion: Occasion | undefined): void;
  /** Answers the request of a task with a long list when the server can take it, and finishes the task then. */
  list(notice: Extract<Notice, { kind: 'list' }>, task: Task): void;
  /** Asks a user's server about him; the answer comes back as a `profile` command. */
  ask(group: BareJid, notice: Extract<Notice, { kind: 'question' }>): void;
  /** Resolves when a page of an archive may be read: one in each turn of the event loop. */
  pageTurn(): Promise<void>;
  /** Gives another group of this host a task. */
  tell(group: BareJid, task: Task): void;
  /** Whether somebody may be told (again) why his messages are refused. */
  mayExplain(group: BareJid, notice: Extract<Notice, { kind: 'explanation' }>): boolean;
  /** Whether nobody has reported yet that a message, or a later one of its author, was seen. */
  isNews(group: BareJid, notice: Extract<Notice, { kind: 'seen' }>): boolean;
}
