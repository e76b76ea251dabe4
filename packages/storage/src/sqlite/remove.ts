import type { BareJid } from '@xmpp-groups/core/jid';
import type { Database } from 'better-sqlite3';

/** The remover of groups. All tables follow the group by their foreign keys; the full-text index has none. */
export function remover(db: Database): (jid: BareJid) => boolean {
  const find = db.prepare<[string], { readonly id: number; readonly indexed_seq: number }>(
    'SELECT id, indexed_seq FROM groups WHERE jid = ?',
  );
  const forgetText = db.prepare<[number, number, number]>(
    'DELETE FROM message_search WHERE rowid BETWEEN (? << 32) | 1 AND (? << 32) | ?',
  );
  const remove = db.prepare<[number]>('DELETE FROM groups WHERE id = ?');
  const removeAll = db.transaction((jid: BareJid) => {
    const group = find.get(jid);
    if (group === undefined) return false;
    if (group.indexed_seq > 0) forgetText.run(group.id, group.id, group.indexed_seq);
    remove.run(group.id);
    return true;
  });
  return (jid) => removeAll.immediate(jid);
}
