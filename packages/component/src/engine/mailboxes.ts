import type { BareJid } from '@xmpp-groups/core/jid';
import type { StoredGroup } from '@xmpp-groups/core/xabber';
import { LRUCache } from 'lru-cache';
import { createMailbox, type Mailbox } from './mailbox.js';
import type { Surroundings } from './task.js';

/** All groups that are in memory. */
export interface Mailboxes {
  of(jid: BareJid): Mailbox;
  /** How many tasks wait, in all groups together. */
  waiting(): number;
  /** What these weigh together. */
  weight(): number;
  /** The groups in memory that somebody has open. */
  open(): readonly BareJid[];
  /** Others serve the groups, or did: what is in memory of them is worth nothing, and is read anew. */
  forget(): void;
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
  /** Without their mailboxes, which take more memory than a small group itself. */
  const idle = new LRUCache<BareJid, StoredGroup>({ maxSize: idleMembers });

  let waiting = 0;
  let weight = 0;
  const queued = (tasks: number, more: number): void => {
    waiting += tasks;
    weight += more;
  };

  const retire = (mailbox: Mailbox): void => {
    busy.delete(mailbox.jid);
    const known = mailbox.known();
    // That there is no group is not remembered: another process may create it.
    if (known === undefined) return;
    const { jid, members } = known.group;
    idle.set(jid, known, { size: members.size + GROUP_WEIGHT });
  };

  const of = (jid: BareJid): Mailbox => {
    const awake = busy.get(jid);
    if (awake !== undefined) return awake;
    const known = idle.get(jid);
    idle.delete(jid);
    const mailbox = createMailbox(jid, around, retire, known, queued);
    busy.set(jid, mailbox);
    return mailbox;
  };

  return {
    of,
    waiting: () => waiting,
    weight: () => weight,
    open: () =>
      [...[...busy.values()].map((mailbox) => mailbox.known()), ...idle.values()].flatMap((known) =>
        known !== undefined && known.group.sessions.size > 0 ? [known.group.jid] : [],
      ),
    forget: () => {
      idle.clear();
      for (const mailbox of busy.values()) mailbox.doubt();
    },
    idle: async () => {
      // Each round lets what is decided become durable; that may bring retries, and answers of servers.
      while (busy.size > 0) await around.batch.settled();
    },
  };
}
