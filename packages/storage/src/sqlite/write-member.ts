import { type DatedEvent, type MemberId, RESTRICTIONS, type Subscription } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import type { Head } from './head.js';

type MemberEvent = Extract<DatedEvent, { readonly member: MemberId }>;

/** The writer of what happens to members: rows of `members` and `rights`, and the size of the group. */
export function memberWriter(db: Database): (head: Head, event: MemberEvent) => void {
  const find = db.prepare<[number, string], { readonly id: number; readonly subscription: string }>(
    'SELECT id, subscription FROM members WHERE group_id = ? AND member = ?',
  );
  const join = db.prepare<[number, string, string, string | undefined, number, number]>(`
    INSERT INTO members (group_id, member, jid, subscription, nickname, badge, version, last_seen)
    VALUES (?, ?, ?, 'wait', ?, '', ?, ?)
    ON CONFLICT (group_id, member) DO UPDATE SET jid = excluded.jid, subscription = excluded.subscription,
      nickname = coalesce(excluded.nickname, nickname), version = excluded.version, last_seen = excluded.last_seen`);
  const subscribe = db.prepare<[Subscription, number, number, number]>(
    'UPDATE members SET subscription = ?, version = ?, last_seen = ? WHERE id = ?',
  );
  const describe = db.prepare<[string | undefined, string | undefined, string | undefined, number, number]>(`
    UPDATE members SET nickname = coalesce(?, nickname), badge = coalesce(?, badge), avatar = coalesce(?, avatar),
      version = ? WHERE id = ?`);
  const touch = db.prepare<[number, number]>('UPDATE members SET version = ? WHERE id = ?');
  const grant = db.prepare<[number, string, number]>(`
    INSERT INTO rights (member_id, name, until) VALUES (?, ?, ?)
    ON CONFLICT (member_id, name) DO UPDATE SET until = excluded.until`);
  const endPermissions = db.prepare<[number]>(
    `DELETE FROM rights WHERE member_id = ? AND name NOT IN (${RESTRICTIONS.map((name) => `'${name}'`).join()})`,
  );

  return (head, event) => {
    const before = find.get(head.id, event.member);
    if (before === undefined && event.kind !== 'joinRequested') {
      throw new Error(`${event.kind} names the unknown member ${event.member}`);
    }
    const row = before?.id ?? 0;
    const { version, at } = event;
    head.version = Math.max(head.version, version);
    switch (event.kind) {
      case 'joinRequested':
        head.size -= Number(before?.subscription === 'both');
        join.run(head.id, event.member, event.jid, event.nickname, version, at);
        return;
      case 'memberJoined':
        head.size += Number(before?.subscription !== 'both');
        subscribe.run('both', version, at, row);
        return;
      case 'memberLeft':
        head.size -= Number(before?.subscription === 'both');
        subscribe.run('none', version, at, row);
        endPermissions.run(row);
        return;
      case 'profileTaken': {
        const avatar = event.avatar === undefined ? undefined : JSON.stringify(event.avatar);
        describe.run(event.nickname, event.badge, avatar, version, row);
        return;
      }
      case 'rightGranted':
        grant.run(row, event.right, event.until);
        touch.run(version, row);
        return;
    }
  };
}
