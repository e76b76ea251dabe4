import type { BareJid } from '@xmpp-groups/core/jid';
import {
  groupFrom,
  type KeptGroup,
  type KeptLists,
  NO_RIGHTS,
  type Right,
  type StoredGroup,
} from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import {
  avatarOf,
  disclosureTypeOf,
  type MemberRow,
  memberOf,
  type PropertiesRow,
  propertiesOf,
  restrictionOf,
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
  readonly avatar: string | null;
  readonly parent: string | null;
  readonly slow_mode: number;
  readonly slow_mode_for_newcomers: number;
  readonly rewrite_version: number;
  readonly revision: number;
}

interface RightRow {
  readonly member_id: number;
  readonly name: string;
  readonly until: number;
}

interface DisclosureRow {
  readonly from_member: string;
  readonly to_member: string;
  readonly type: string;
  readonly reason: string;
}

export const NEWEST = 'SELECT max(stanza_id) FROM messages WHERE group_id = ?';

/** The reader of whole groups; members come in the order in which they first came to the group. */
export function groupLoader(db: Database): (jid: BareJid) => StoredGroup | undefined {
  const group = db.prepare<[string], GroupRow>('SELECT * FROM groups WHERE jid = ?');
  const newest = db.prepare<[number], number | null>(NEWEST).pluck();
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

  const defaults = db.prepare<[number], { readonly name: string; readonly seconds: number }>(
    'SELECT name, seconds FROM default_restrictions WHERE group_id = ? ORDER BY rowid',
  );
  const disclosures = db.prepare<[number], DisclosureRow>(
    'SELECT from_member, to_member, type, reason FROM disclosures WHERE group_id = ? ORDER BY rowid',
  );
  const chats = db.prepare<[number], { readonly pair: string; readonly jid: string }>(
    'SELECT pair, jid FROM private_chats WHERE group_id = ? ORDER BY rowid',
  );

  const listsOf = (id: number): KeptLists => {
    const held = rightsByMember(id);
    return {
      members: members.all(id).map((member) => memberOf(member, held.get(member.id) ?? NO_RIGHTS)),
      blocks: blocks
        .all(id)
        .map(({ address, member }) => ({ address: storedJid(address), member: member ?? undefined })),
      defaultRestrictions: defaults.all(id).map(({ name, seconds }) => [restrictionOf(name), seconds]),
      disclosures: disclosures.all(id).map(({ from_member, to_member, type, reason }) => ({
        from: from_member,
        to: to_member,
        type: disclosureTypeOf(type),
        reason,
      })),
      privateChats: chats.all(id).map(({ pair, jid }) => [pair, storedJid(jid)]),
    };
  };

  return db.transaction((jid: BareJid) => {
    const row = group.get(jid);
    if (row === undefined) return undefined;
    return {
      group: groupFrom(keptOf(jid, row, newest.get(row.id) ?? 0), listsOf(row.id)),
      revision: row.revision,
    };
  });
}

const keptOf = (jid: BareJid, row: GroupRow, newestStanzaId: number): KeptGroup => ({
  jid,
  properties: propertiesOf(row),
  status: statusOf(row.status),
  pinned: row.pinned,
  createdAt: row.created_at,
  avatar: row.avatar === null ? undefined : avatarOf(row.avatar),
  parent: row.parent === null ? undefined : storedJid(row.parent),
  pace: { slowMode: row.slow_mode, slowModeForNewcomers: row.slow_mode_for_newcomers },
  version: row.version,
  lastStanzaId: row.last_stanza_id,
  newestStanzaId,
  rewriteVersion: row.rewrite_version,
});
