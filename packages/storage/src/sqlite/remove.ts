import type { BareJid } from '@xmpp-groups/core/jid';
import type { Database } from 'better-sqlite3';
import { retirement } from './retired.js';

/**
 * The remover of groups, to be called inside a transaction. All tables follow the group by their foreign keys.
 * The full-text index has none and is slow to forget: it is left to the indexer.
 * @returns whether there was such a group
 */
export function removal(db: Database): (jid: BareJid) => boolean {
  const leave = db.prepare<[string]>(`
    INSERT INTO search_leftovers (group_id, last_seq)
    SELECT id, indexed_seq FROM groups WHERE jid = ? AND indexed_seq > 0`);
  const retire = retirement(db);
  const remove = db.prepare<[string]>('DELETE FROM groups WHERE jid = ?');
  return (jid) => {
    leave.run(jid);
    retire(jid);
    return remove.run(jid).changes > 0;
  };
}

/** The same in a transaction of its own. */
export function remover(db: Database): (jid: BareJid) => boolean {
  const removeAll = db.transaction(removal(db));
  return (jid) => removeAll.immediate(jid);
}
