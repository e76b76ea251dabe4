import type { BareJid } from '@xmpp-groups/core/jid';
import { domainOf } from '@xmpp-groups/core/jid';
import type { DatedEvent } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';

/** The part of a group's row that a change reads once, changes in passing and writes once. */
export interface Head {
  readonly id: number;
  revision: number;
  status: string;
  version: number;
  last_stanza_id: number;
  size: number;
  message_count: number;
  last_seq: number;
  rewrite_version: number;
  /** Up to where the search indexes have followed; only the indexer moves it. */
  readonly indexed_seq: number;
}

type Creation = Extract<DatedEvent, { readonly kind: 'groupCreated' }>;

export interface Heads {
  read(jid: BareJid): Head | undefined;
  create(jid: BareJid, event: Creation): Head;
  write(head: Head): void;
}

/** Reader and writer of the rows of `groups`. */
export function headsOf(db: Database): Heads {
  const read = db.prepare<[string], Head>(
    `SELECT id, revision, status, version, last_stanza_id, size, message_count, last_seq, rewrite_version,
      indexed_seq FROM groups WHERE jid = ?`,
  );
  const create = db.prepare<(string | number | undefined)[]>(`
    INSERT INTO groups (jid, host, name, description, privacy, membership, listing, contacts, domains, created_at,
      parent, status, pinned, version, last_stanza_id, revision, size, message_count, last_seq, indexed_seq)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'discussion', 0, 0, 0, 0, 0, 0, 0, 0)`);
  const write = db.prepare<[Head]>(`
    UPDATE groups SET revision = :revision, status = :status, version = :version, last_stanza_id = :last_stanza_id,
      size = :size, message_count = :message_count, last_seq = :last_seq,
      rewrite_version = :rewrite_version WHERE id = :id`);

  return {
    read: (jid) => read.get(jid),
    create: (jid, { properties, parent, at }) => {
      const { name, description, privacy, membership, index, contacts, domains } = properties;
      create.run(
        jid,
        domainOf(jid),
        name,
        description,
        privacy,
        membership,
        index,
        JSON.stringify(contacts),
        JSON.stringify(domains),
        at,
        parent,
      );
      const head = read.get(jid);
      if (head === undefined) throw new Error(`${jid} is not there after its creation`);
      return head;
    },
    write: (head) => {
      write.run(head);
    },
  };
}
