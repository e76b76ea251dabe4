import { type DatedEvent, erasedJid } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import type { Head } from './head.js';

type Erased = Extract<DatedEvent, { readonly kind: 'accountErased' }>;

/**
 * The writer of the end of an account: the row of the member stays without anything that tells who it was, and the log
 * forgets what it said of him.
 */
export function eraser(db: Database): (head: Head, event: Erased) => void {
  const find = db.prepare<[number, string], { readonly id: number; readonly subscription: string }>(
    'SELECT id, subscription FROM members WHERE group_id = ? AND member = ?',
  );
  const empty = db.prepare<[string, number, number]>(`
    UPDATE members SET jid = ?, subscription = 'none', nickname = NULL, badge = '', avatar = NULL, version = ?,
      last_seen = 0, invited_by = NULL, chose_nickname = 0, chose_avatar = 0, collects = 1,
      accepts_private_chats = 1, receives_updates = 1, joined_at = 0 WHERE id = ?`);
  const disarm = db.prepare<[number]>('DELETE FROM rights WHERE member_id = ?');
  const close = db.prepare<[{ readonly group: number; readonly member: string }]>(
    'DELETE FROM disclosures WHERE group_id = :group AND :member IN (from_member, to_member)',
  );
  const part = db.prepare<[number, string]>(
    "DELETE FROM private_chats WHERE group_id = ? AND instr(' ' || pair || ' ', ' ' || ? || ' ') > 0",
  );
  const unblock = db.prepare<[number, string]>('DELETE FROM blocks WHERE group_id = ? AND address = ?');
  const contacts = db.prepare<[string, number]>(`
    UPDATE groups SET contacts = (SELECT json_group_array(value) FROM json_each(contacts) WHERE value <> ?)
    WHERE id = ? AND contacts <> '[]'`);
  const forgetCards = db.prepare<[number, string]>(`
    UPDATE events SET detail = json_remove(detail, '$.jid', '$.nickname', '$.badge', '$.avatar')
    WHERE group_id = ? AND detail ->> '$.member' = ?`);
  const forgetReasons = db.prepare<[number, string]>(`
    UPDATE events SET detail = json_remove(detail, '$.disclosure.reason')
    WHERE group_id = ? AND kind = 'disclosureOpened' AND detail ->> '$.disclosure.from' = ?`);
  const forgetJid = db.prepare<[{ readonly group: number; readonly jid: string; readonly stand: string }]>(
    'UPDATE events SET detail = replace(detail, :jid, :stand) WHERE group_id = :group AND instr(detail, :jid) > 0',
  );
  // That the request was done stays known, or it would be done again.
  const forgetAnswers = db.prepare<[string]>("UPDATE answers SET payload = '' WHERE instr(payload, ?) > 0");

  return (head, { jid, member, version }) => {
    unblock.run(head.id, jid);
    contacts.run(jid, head.id);
    const stand = member === undefined ? '' : erasedJid(member);
    if (member !== undefined) {
      const row = find.get(head.id, member);
      if (row === undefined) throw new Error(`accountErased names the unknown member ${member}`);
      head.size -= Number(row.subscription === 'both');
      head.version = Math.max(head.version, version);
      empty.run(stand, version, row.id);
      disarm.run(row.id);
      close.run({ group: head.id, member });
      part.run(head.id, member);
      forgetCards.run(head.id, member);
      forgetReasons.run(head.id, member);
    }
    forgetAnswers.run(jid);
    forgetJid.run({ group: head.id, jid: JSON.stringify(jid), stand: JSON.stringify(stand) });
  };
}
