import type { DatedEvent } from '@xmpp-groups/core/xabber';
import type { Database } from 'better-sqlite3';
import type { Head } from './head.js';
import { jsonOf } from './write-member.js';

/** What happens to the group's own row, and to the lists that belong to it. */
export type GroupSettingEvent = Extract<
  DatedEvent,
  {
    readonly kind:
      | 'statusChanged'
      | 'propertiesChanged'
      | 'paceChanged'
      | 'messagePinned'
      | 'groupAvatarChanged'
      | 'blockAdded'
      | 'blockRemoved'
      | 'defaultRestrictionSet'
      | 'disclosureOpened'
      | 'disclosureEnded'
      | 'disclosureClosed'
      | 'avatarStored'
      | 'avatarForgotten'
      | 'privateChatOpened';
  }
>;

/** The writer of what happens to a group's settings and lists. */
export function settingWriter(db: Database): (head: Head, event: GroupSettingEvent) => void {
  const describe = db.prepare<(string | number)[]>(`
    UPDATE groups SET name = ?, description = ?, privacy = ?, membership = ?, listing = ?, contacts = ?,
      domains = ? WHERE id = ?`);
  const pace = db.prepare<[number, number, number]>(
    'UPDATE groups SET slow_mode = ?, slow_mode_for_newcomers = ? WHERE id = ?',
  );
  const pin = db.prepare<[number, number]>('UPDATE groups SET pinned = ? WHERE id = ?');
  const picture = db.prepare<[string | undefined, number]>('UPDATE groups SET avatar = ? WHERE id = ?');
  const block = db.prepare<[number, string, string | undefined]>(`
    INSERT INTO blocks (group_id, address, member) VALUES (?, ?, ?)
    ON CONFLICT (group_id, address) DO UPDATE SET member = excluded.member`);
  const unblock = db.prepare<[number, string]>('DELETE FROM blocks WHERE group_id = ? AND address = ?');
  const restrict = db.prepare<[number, string, number]>(`
    INSERT INTO default_restrictions (group_id, name, seconds) VALUES (?, ?, ?)
    ON CONFLICT (group_id, name) DO UPDATE SET seconds = excluded.seconds`);
  const free = db.prepare<[number, string]>(
    'DELETE FROM default_restrictions WHERE group_id = ? AND name = ?',
  );
  const disclose = db.prepare<[number, string, string, string, string]>(`
    INSERT INTO disclosures (group_id, from_member, to_member, type, reason) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (group_id, from_member, to_member) DO UPDATE SET type = excluded.type, reason = excluded.reason`);
  const close = db.prepare<[number, string, string]>(
    'DELETE FROM disclosures WHERE group_id = ? AND from_member = ? AND to_member = ?',
  );
  const keep = db.prepare<[number, string, string, string]>(`
    INSERT INTO avatars (group_id, avatar, media_type, base64) VALUES (?, ?, ?, ?)
    ON CONFLICT (group_id, avatar) DO UPDATE SET media_type = excluded.media_type, base64 = excluded.base64`);

  const drop = db.prepare<[number, string]>('DELETE FROM avatars WHERE group_id = ? AND avatar = ?');
  const unlog = db.prepare<[number, string]>(
    "DELETE FROM events WHERE group_id = ? AND kind = 'avatarStored' AND detail ->> '$.id' = ?",
  );
  const address = db.prepare<[number, string, string]>(`
    INSERT INTO private_chats (group_id, pair, jid) VALUES (?, ?, ?)
    ON CONFLICT (group_id, pair) DO UPDATE SET jid = excluded.jid`);

  return (head, event) => {
    switch (event.kind) {
      case 'statusChanged':
        head.status = event.status;
        return;
      case 'propertiesChanged': {
        const { name, description, privacy, membership, index, contacts, domains } = event.properties;
        const lists = [JSON.stringify(contacts), JSON.stringify(domains)];
        describe.run(name, description, privacy, membership, index, ...lists, head.id);
        return;
      }
      case 'paceChanged':
        pace.run(event.pace.slowMode, event.pace.slowModeForNewcomers, head.id);
        return;
      case 'messagePinned':
        pin.run(event.stanzaId, head.id);
        return;
      case 'groupAvatarChanged':
        picture.run(jsonOf(event.avatar), head.id);
        return;
      case 'blockAdded':
        block.run(head.id, event.block.address, event.block.member);
        return;
      case 'blockRemoved':
        unblock.run(head.id, event.address);
        return;
      case 'defaultRestrictionSet':
        if (event.seconds === undefined) free.run(head.id, event.restriction);
        else restrict.run(head.id, event.restriction, event.seconds);
        return;
      case 'disclosureOpened': {
        const { from, to, type, reason } = event.disclosure;
        disclose.run(head.id, from, to, type, reason);
        return;
      }
      case 'disclosureEnded':
        disclose.run(head.id, event.from, event.to, 'over', '');
        return;
      case 'disclosureClosed':
        close.run(head.id, event.from, event.to);
        return;
      case 'avatarStored':
        keep.run(head.id, event.id, event.mediaType, event.base64);
        return;
      case 'avatarForgotten':
        drop.run(head.id, event.id);
        unlog.run(head.id, event.id);
        return;
      case 'privateChatOpened':
        address.run(head.id, event.pair, event.chat);
        return;
    }
  };
}
