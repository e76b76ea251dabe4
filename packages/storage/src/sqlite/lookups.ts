import type { BareJid } from '@xmpp-groups/core/jid';
import type { AvatarImage, Rewrite, Store } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import { MESSAGE_BY_ORIGIN, MESSAGE_IN_GROUP, PREVIOUS, PREVIOUS_OF_OTHERS } from './page-sql.js';
import { type MessageRow, messageOf, storedJid } from './rows.js';

interface AvatarRow {
  readonly avatar: string;
  readonly media_type: string;
  readonly base64: string;
}

/** A message, and whether it has to do with somebody. */
interface TraceRow extends MessageRow {
  readonly his: number;
}

type Reader<Method extends keyof Store> = (
  ...asked: Parameters<Store[Method]>
) => Awaited<ReturnType<Store[Method]>>;

export interface Lookups {
  readonly revision: Reader<'revision'>;
  readonly findByOrigin: Reader<'findByOrigin'>;
  readonly message: Reader<'message'>;
  readonly previous: Reader<'previous'>;
  readonly rewrites: Reader<'rewrites'>;
  readonly traces: Reader<'traces'>;
  readonly groupsOf: Reader<'groupsOf'>;
  readonly avatar: Reader<'avatar'>;
  readonly avatarById: Reader<'avatarById'>;
  readonly orphans: Reader<'orphans'>;
  readonly expiring: Reader<'expiring'>;
}

export const REVISION = 'SELECT revision FROM groups WHERE jid = ?';

export const REWRITES = `
  SELECT version, notification FROM rewrites
  WHERE group_id = (SELECT id FROM groups WHERE jid = ?) AND version > ? ORDER BY version, id LIMIT ?`;

/** The messages before one, newest first; `his` is 1 where somebody wrote it or is named in it. */
export const TRACES = `
  SELECT stanza_id, author, message_id, origin_id, text, xml,
    instr(xml, :jid) > 0 OR (:member IS NOT NULL AND (author IS :member OR instr(xml, :member) > 0)) AS his
  FROM messages WHERE group_id = (SELECT id FROM groups WHERE jid = :group) AND stanza_id < :before
  ORDER BY stanza_id DESC LIMIT :max`;

/** The union first: SQLite would rather look at all groups. */
export const GROUPS_OF = `
  SELECT g.jid FROM (
    SELECT group_id FROM members WHERE jid = :jid
    UNION SELECT group_id FROM blocks WHERE address = :jid
    UNION SELECT id FROM groups INDEXED BY groups_with_contacts
      WHERE contacts <> '[]' AND instr(contacts, :quoted) > 0
  ) k CROSS JOIN groups g ON g.id = k.group_id ORDER BY g.jid`;

export const AVATAR_OF_GROUP = `
  SELECT avatar, media_type, base64 FROM avatars
  WHERE group_id = (SELECT id FROM groups WHERE jid = ?) AND avatar = ?`;

/** The oldest: who comes later with the same id does not put his image in place of it. */
export const AVATAR_OF_HOST = `
  SELECT a.avatar, a.media_type, a.base64 FROM avatars a CROSS JOIN groups g ON g.id = a.group_id
  WHERE g.host = ? AND a.avatar = ? ORDER BY a.id`;

/** INDEXED BY: SQLite would rather look at all groups than sort the few. CROSS JOIN: a group may have many chats. */
export const ORPHANS = `
  SELECT g.jid FROM groups g INDEXED BY groups_by_parent
  WHERE g.parent IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM private_chats c CROSS JOIN groups p ON p.id = c.group_id WHERE c.jid = g.jid AND p.jid = g.parent)
  ORDER BY g.jid`;

/** CROSS JOIN: SQLite does not know that few rights end, and would begin with the groups. */
export const GROUPS_WITH_ENDS = `
  SELECT DISTINCT g.jid
  FROM rights r CROSS JOIN members m ON m.id = r.member_id CROSS JOIN groups g ON g.id = m.group_id
  WHERE r.until > 0 AND r.until <= ? ORDER BY g.jid`;

export const NEXT_END = 'SELECT min(until) FROM rights WHERE until > 0 AND until > ?';

/** The readers of single things, each by an index. */
export function lookupsIn(db: Database): Lookups {
  const revision = db.prepare<[string], number>(REVISION).pluck();
  const byOrigin = db.prepare<[string, string, string], MessageRow>(MESSAGE_BY_ORIGIN);
  const byId = db.prepare<[string, number], MessageRow>(MESSAGE_IN_GROUP);
  const previous = db.prepare<[string, number], number>(PREVIOUS).pluck();
  const previousOfOthers = db.prepare<[string, number, string], number>(PREVIOUS_OF_OTHERS).pluck();
  const rewrites = db.prepare<[string, number, number], Rewrite>(REWRITES);
  const avatar = db.prepare<[string, string], AvatarRow>(AVATAR_OF_GROUP);
  const avatarOfHost = db.prepare<[string, string], AvatarRow>(AVATAR_OF_HOST);
  const orphans = db.prepare<[], string>(ORPHANS).pluck();
  const ending = db.prepare<[number], string>(GROUPS_WITH_ENDS).pluck();
  const nextEnd = db.prepare<[number], number | null>(NEXT_END).pluck();

  const traces = db.prepare<
    [Record<'group' | 'jid', string> & Record<'before' | 'max', number> & { member: string | undefined }],
    TraceRow
  >(TRACES);
  const groupsOf = db.prepare<[Record<'jid' | 'quoted', string>], string>(GROUPS_OF).pluck();

  return {
    revision: (group) => revision.get(group) ?? 0,
    findByOrigin: (group, author, originId) => optional(byOrigin.get(group, author, originId), messageOf),
    message: (group, id) => optional(byId.get(group, id), messageOf),
    previous: (group, before, except) => {
      const bound = Math.min(before, Number.MAX_SAFE_INTEGER);
      const found =
        except === undefined ? previous.get(group, bound) : previousOfOthers.get(group, bound, except);
      return found ?? 0;
    },
    rewrites: (group, since, max) => rewrites.all(group, since, max),
    traces: (group, { jid, member }, before, max) => {
      // One more than is looked at: whether there is one.
      const rows = traces.all({ group, jid, member, before, max: max + 1 });
      const page = rows.slice(0, max);
      return {
        messages: page.filter(({ his }) => his !== 0).map(messageOf),
        before: rows.length > max ? page.at(-1)?.stanza_id : undefined,
      };
    },
    groupsOf: (jid) => jids(groupsOf.all({ jid, quoted: JSON.stringify(jid) })),
    avatar: (group, id) => optional(avatar.get(group, id), imageOf),
    avatarById: (host, id, accepts = () => true) => {
      for (const row of avatarOfHost.iterate(host, id)) {
        const image = imageOf(row);
        if (accepts(image)) return image;
      }
      return undefined;
    },
    orphans: () => jids(orphans.all()),
    expiring: db.transaction((until: number) => ({
      groups: jids(ending.all(until)),
      next: nextEnd.get(until) ?? undefined,
    })),
  };
}

const optional = <Row, Value>(row: Row | undefined, read: (row: Row) => Value): Value | undefined =>
  row === undefined ? undefined : read(row);

const imageOf = (row: AvatarRow): AvatarImage => ({
  id: row.avatar,
  mediaType: row.media_type,
  base64: row.base64,
});

const jids = (texts: readonly string[]): BareJid[] => texts.map(storedJid);
