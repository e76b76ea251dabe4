import type { BareJid } from '@xmpp-groups/core/jid';
import {
  groupFrom,
  type KeptGroup,
  type KeptLists,
  NO_PACE,
  NO_RIGHTS,
  type Pace,
  type Right,
  type Rights,
  type StoredGroup,
} from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import {
  avatarOf,
  disclosureTypeOf,
  MEMBER_COLUMNS,
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
  readonly jid: string;
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

/**
 * Lets members who have the same rights for ever, as owners have, hold one list of them: nobody changes it in place.
 * There are not many different ones.
 */
function sharedRights(): (rights: Rights | undefined) => Rights {
  const lists = new Map<string, Rights>();
  return (rights) => {
    if (rights === undefined) return NO_RIGHTS;
    if ([...rights.values()].some((until) => until !== 0)) return rights;
    const name = [...rights.keys()].join();
    const known = lists.get(name) ?? rights;
    if (lists.size < MOST_SHARED) lists.set(name, known);
    return known;
  };
}

const MOST_SHARED = 1_000;

export const NEWEST = 'SELECT max(stanza_id) FROM messages WHERE group_id = ?';

/** The reader of whole groups; members come in the order in which they first came to the group. */
export function groupLoader(db: Database): (jid: BareJid) => StoredGroup | undefined {
  const group = db.prepare<[string], GroupRow>('SELECT * FROM groups WHERE jid = ?');
  const newest = db.prepare<[number], number | null>(NEWEST).pluck();
  const members = db
    .prepare<[number], MemberRow>(`SELECT ${MEMBER_COLUMNS} FROM members WHERE group_id = ? ORDER BY id`)
    .raw();
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
  const shared = sharedRights();

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
      members: members.all(id).map((row) => memberOf(row, shared(held.get(row[0])))),
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
      group: groupFrom(keptOf(row, newest.get(row.id) ?? 0), listsOf(row.id)),
      revision: row.revision,
    };
  });
}

const paceOf = ({ slow_mode, slow_mode_for_newcomers }: GroupRow): Pace =>
  slow_mode === 0 && slow_mode_for_newcomers === 0
    ? NO_PACE
    : { slowMode: slow_mode, slowModeForNewcomers: slow_mode_for_newcomers };

const keptOf = (row: GroupRow, newestStanzaId: number): KeptGroup => ({
  // Not the JID that was asked for: it may be a part of a long text, which it would keep in memory as long as the group.
  jid: storedJid(row.jid),
  properties: propertiesOf(row),
  status: statusOf(row.status),
  pinned: row.pinned,
  createdAt: row.created_at,
  avatar: row.avatar === null ? undefined : avatarOf(row.avatar),
  parent: row.parent === null ? undefined : storedJid(row.parent),
  pace: paceOf(row),
  version: row.version,
  lastStanzaId: row.last_stanza_id,
  newestStanzaId,
  rewriteVersion: row.rewrite_version,
});
