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

type Reader<Method extends keyof Store> = (
  ...asked: Parameters<Store[Method]>
) => Awaited<ReturnType<Store[Method]>>;

export interface Lookups {
  readonly revision: Reader<'revision'>;
  readonly findByOrigin: Reader<'findByOrigin'>;
  readonly message: Reader<'message'>;
  readonly previous: Reader<'previous'>;
  readonly rewrites: Reader<'rewrites'>;
  readonly avatar: Reader<'avatar'>;
  readonly avatarById: Reader<'avatarById'>;
  readonly orphans: Reader<'orphans'>;
  readonly expiring: Reader<'expiring'>;
}

export const REVISION = 'SELECT revision FROM groups WHERE jid = ?';

export const REWRITES = `
  SELECT version, notification FROM rewrites
  WHERE group_id = (SELECT id FROM groups WHERE jid = ?) AND version > ? ORDER BY version, id LIMIT ?`;

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
