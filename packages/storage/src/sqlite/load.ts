import type { BareJid } from '@xmpp-groups/core/jid';
import { groupFrom, NO_RIGHTS, type Right, type StoredGroup } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import {
  type MemberRow,
  memberOf,
  type PropertiesRow,
  propertiesOf,
  rightOf,
  statusOf,
  storedJid,
} from './rows.js';

interface GroupRow extends PropertiesRow {
  readonly id: number;
  readonly status: string;
  readonly pinned: number;
  readonly created_at: number;
  readonly version: number;
  readonly last_stanza_id: number;
  readonly revision: number;
}

interface RightRow {
  readonly member_id: number;
  readonly name: string;
  readonly until: number;
}

/** The reader of whole groups; members come in the order in which they first came to the group. */
export function groupLoader(db: Database): (jid: BareJid) => StoredGroup | undefined {
  const group = db.prepare<[string], GroupRow>('SELECT * FROM groups WHERE jid = ?');
  const members = db.prepare<[number], MemberRow>('SELECT * FROM members WHERE group_id = ? ORDER BY id');
  const rights = db.prepare<[number], RightRow>(
    'SELECT r.* FROM members m CROSS JOIN rights r ON r.member_id = m.id WHERE m.group_id = ?',
  );
  const blocks = db.prepare<[number], { readonly address: string; readonly member: string | null }>(
    'SELECT address, member FROM blocks WHERE group_id = ?',
  );

  const rightsByMember = (id: number): Map<number, Map<Right, number>> => {
    const all = new Map<number, Map<Right, number>>();
    for (const { member_id, name, until } of rights.all(id)) {
      const own = all.get(member_id) ?? new Map<Right, number>();
      all.set(member_id, own.set(rightOf(name), until));
    }
    return all;
  };

  return db.transaction((jid: BareJid) => {
    const row = group.get(jid);
    if (row === undefined) return undefined;
    const held = rightsByMember(row.id);
    const loaded = groupFrom(
      {
        jid,
        properties: propertiesOf(row),
        status: statusOf(row.status),
        pinned: row.pinned,
        createdAt: row.created_at,
        version: row.version,
        lastStanzaId: row.last_stanza_id,
      },
      members.all(row.id).map((member) => memberOf(member, held.get(member.id) ?? NO_RIGHTS)),
      blocks
        .all(row.id)
        .map(({ address, member }) => ({ address: storedJid(address), member: member ?? undefined })),
    );
    return { group: loaded, revision: row.revision };
  });
}
