import type { ArchivedMessage } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import type { Head } from './head.js';

/** The writer of archived messages. Their ids must grow: the order of the keys is the order of the archive. */
export function messageWriter(db: Database): (head: Head, message: ArchivedMessage) => void {
  const insert = db.prepare<(string | number | undefined)[]>(`
    INSERT INTO messages (id, group_id, stanza_id, author, message_id, origin_id, text, xml)
    VALUES ((? << 32) | ?, ?, ?, ?, ?, ?, ?, ?)`);

  return (head, { stanzaId, author, id, originId, text, xml }) => {
    if (stanzaId <= head.last_stanza_id) {
      throw new Error(`the stanza id ${stanzaId} does not follow ${head.last_stanza_id}`);
    }
    head.last_stanza_id = stanzaId;
    head.message_count += 1;
    head.last_seq += 1;
    insert.run(head.id, head.last_seq, head.id, stanzaId, author, id, originId, text, xml);
  };
}
