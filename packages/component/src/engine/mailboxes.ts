import type { BareJid } from '@xmpp-groups/core/jid';
import { LRUCache } from 'lru-cache';
import { createMailbox, type Mailbox, type Surroundings } from './mailbox.js';

/** All groups that are in memory. */
export interface Mailboxes {
  of(jid: BareJid): Mailbox;
  /** How many tasks wait, in all groups together. */
  waiting(): number;
  /** The groups in memory that somebody has open. */
  open(): readonly BareJid[];
  /** Resolves when no mailbox has anything to do. */
  idle(): Promise<void>;
}

/** How many members of idle groups stay in memory; about 400 bytes each. */
const IDLE_MEMBERS = 1_000_000;
/** A group weighs something even without members. */
const GROUP_WEIGHT = 5;

/**
 * Busy groups stay; idle ones make room for others when too many members are in memory. A group that is
 * needed again is loaded from the Store.
 * @param idleMembers how many members of idle groups may stay in memory
 */
export function createMailboxes(around: Surroundings, idleMembers = IDLE_MEMBERS): Mailboxes {
  const busy = new Map<BareJid, Mailbox>();
  const idle = new LRUCache<BareJid, Mailbox>({ maxSize: idleMembers });

  let waiting = 0;
  const queued = (change: number): void => {
    waiting += change;
  };

  const retire = (mailbox: Mailbox): void => {
    busy.delete(mailbox.jid);
    // That there is no group is not remembered: another process may create it.
    if (mailbox.weight() === 0) return;
    idle.set(mailbox.jid, mailbox, { size: mailbox.weight() + GROUP_WEIGHT });
  };

  const of = (jid: BareJid): Mailbox => {
    const known = busy.get(jid);
    if (known !== undefined) return known;
    const resting = idle.get(jid);
    idle.delete(jid);
    const mailbox = resting ?? createMailbox(jid, around, retire, queued);
    busy.set(jid, mailbox);
    return mailbox;
  };

  return {
    of,
    waiting: () => waiting,
    open: () =>
      [...busy.values(), ...idle.values()].filter((mailbox) => mailbox.isOpen()).map(({ jid }) => jid),
    idle: async () => {
      // Each round lets what is decided become durable; that may bring retries, and answers of servers.
      while (busy.size > 0) await around.batch.settled();
    },
  };
}
