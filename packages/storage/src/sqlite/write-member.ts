import { type DatedEvent, type MemberId, RESTRICTIONS, type Subscription } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import type { Head } from './head.js';

/** What happens to the rows of members and their rights. */
export type MemberEvent = Extract<
  DatedEvent,
  {
    readonly kind:
      | 'joinRequested'
      | 'invited'
      | 'invitationEnded'
      | 'memberJoined'
      | 'memberLeft'
      | 'profileTaken'
      | 'cardChanged'
      | 'avatarChanged'
      | 'preferencesChanged'
      | 'rightGranted'
      | 'rightRevoked';
  }
>;

interface Enlisting {
  readonly group: number;
  readonly member: MemberId;
  readonly jid: string;
  readonly nickname: string | undefined;
  readonly by: MemberId | undefined;
  readonly version: number;
  readonly at: number;
}

/** The writer of what happens to members: rows of `members` and `rights`, and the size of the group. */
export function memberWriter(db: Database): (head: Head, event: MemberEvent) => void {
  const find = db.prepare<[number, string], { readonly id: number; readonly subscription: string }>(
    'SELECT id, subscription FROM members WHERE group_id = ? AND member = ?',
  );
  const enlist = db.prepare<[Enlisting]>(`
    INSERT INTO members (group_id, member, jid, subscription, nickname, badge, version, last_seen, invited_by)
    VALUES (:group, :member, :jid, 'wait', :nickname, '', :version, :at, :by)
    ON CONFLICT (group_id, member) DO UPDATE SET jid = excluded.jid, subscription = excluded.subscription,
      nickname = coalesce(excluded.nickname, nickname), version = excluded.version,
      last_seen = excluded.last_seen, invited_by = excluded.invited_by`);
  const subscribe = db.prepare<[Subscription, number, number | undefined, number]>(`
    UPDATE members SET subscription = ?, invited_by = NULL, version = ?, last_seen = coalesce(?, last_seen)
    WHERE id = ?`);
  const join = db.prepare<[number, number]>('UPDATE members SET joined_at = ? WHERE id = ?');
  const describe = db.prepare<[string | undefined, string | undefined, number, number]>(`
    UPDATE members SET nickname = coalesce(?, nickname), badge = coalesce(?, badge), version = ? WHERE id = ?`);
  const picture = db.prepare<[string | undefined, number]>('UPDATE members SET avatar = ? WHERE id = ?');
  const choose = db.prepare<[string | undefined, string | undefined, number, number, number]>(`
    UPDATE members SET nickname = coalesce(?, nickname), badge = coalesce(?, badge),
      chose_nickname = max(chose_nickname, ?), version = ? WHERE id = ?`);
  const chooseAvatar = db.prepare<[string | undefined, number, number]>(
    'UPDATE members SET avatar = ?, chose_avatar = 1, version = ? WHERE id = ?',
  );
  const prefer = db.prepare<[number, number, number, number]>(
    'UPDATE members SET collects = ?, accepts_private_chats = ?, receives_updates = ? WHERE id = ?',
  );
  const touch = db.prepare<[number, number]>('UPDATE members SET version = ? WHERE id = ?');
  const grant = db.prepare<[number, string, number]>(`
    INSERT INTO rights (member_id, name, until) VALUES (?, ?, ?)
    ON CONFLICT (member_id, name) DO UPDATE SET until = excluded.until`);
  const revoke = db.prepare<[number, string]>('DELETE FROM rights WHERE member_id = ? AND name = ?');
  const endPermissions = db.prepare<[number]>(
    `DELETE FROM rights WHERE member_id = ? AND name NOT IN (${RESTRICTIONS.map((name) => `'${name}'`).join()})`,
  );

  return (head, event) => {
    const before = find.get(head.id, event.member);
    if ('version' in event) head.version = Math.max(head.version, event.version);
    if (event.kind === 'joinRequested' || event.kind === 'invited') {
      const { member, jid, nickname, version, at } = event;
      const by = event.kind === 'invited' ? event.by : undefined;
      head.size -= Number(before?.subscription === 'both');
      enlist.run({ group: head.id, member, jid, nickname, by, version, at });
      return;
    }
    if (before === undefined) throw new Error(`${event.kind} names the unknown member ${event.member}`);
    const row = before.id;
    switch (event.kind) {
      case 'invitationEnded':
        head.size -= Number(before.subscription === 'both');
        subscribe.run('none', event.version, undefined, row);
        return;
      case 'memberJoined':
        head.size += Number(before.subscription !== 'both');
        subscribe.run('both', event.version, event.at, row);
        join.run(event.at, row);
        return;
      case 'memberLeft':
        head.size -= Number(before.subscription === 'both');
        subscribe.run('none', event.version, event.at, row);
        endPermissions.run(row);
        return;
      case 'profileTaken':
        describe.run(event.nickname, event.badge, event.version, row);
        if (event.avatar === 'none') picture.run(undefined, row);
        else if (event.avatar !== undefined) picture.run(jsonOf(event.avatar), row);
        return;
      case 'cardChanged':
        choose.run(event.nickname, event.badge, Number(event.nickname !== undefined), event.version, row);
        return;
      case 'avatarChanged':
        chooseAvatar.run(jsonOf(event.avatar), event.version, row);
        return;
      case 'preferencesChanged': {
        const { collects, acceptsPrivateChats, receivesUpdates } = event.preferences;
        prefer.run(Number(collects), Number(acceptsPrivateChats), Number(receivesUpdates), row);
        return;
      }
      case 'rightGranted':
        grant.run(row, event.right, event.until);
        touch.run(event.version, row);
        return;
      case 'rightRevoked':
        revoke.run(row, event.right);
        touch.run(event.version, row);
        return;
    }
  };
}

/** JSON, or nothing for nothing. */
export const jsonOf = (value: object | undefined): string | undefined =>
  value === undefined ? undefined : JSON.stringify(value);
