import type { BareJid } from '../../jid/index.js';
import type { UserCard } from '../elements/user.js';
import type { Environment } from '../environment.js';
import { assignedTo } from '../model/assigned.js';
import { isErased } from '../model/erased.js';
import type { Group, Member, MemberId } from '../model/group.js';
import { roleOf } from '../model/rights.js';
import { shownInfos } from './avatar.js';
import { WORDING } from './wording.js';

/** What a card needs to know of a member. */
export type Carded = Pick<Member, 'id' | 'jid' | 'nickname' | 'badge' | 'avatar' | 'rights'>;

/**
 * The name that others read: the nickname, else the JID, or in an incognito group the member id (reference
 * 8.1).
 */
export const nameOf = (
  privacy: Group['properties']['privacy'],
  member: { readonly id: MemberId; readonly jid: BareJid; readonly nickname: string | undefined },
): string =>
  isErased(member)
    ? WORDING.deletedAccount
    : (member.nickname ?? (privacy === 'incognito' ? member.id : member.jid));

/**
 * A member's card as every member may see it (reference 8.1): in an incognito group without the JID, and with the one that
 * the group has assigned (docs/assigned-jids.md).
 */
export const cardOf = (
  group: Pick<Group, 'jid' | 'properties'>,
  member: Carded,
  { now, host }: Pick<Environment, 'now' | 'host'>,
): UserCard => ({
  id: member.id,
  ...(group.properties.privacy === 'incognito'
    ? { assigned: { jid: assignedTo(group.jid, member.id) } }
    : { jid: isErased(member) ? undefined : member.jid }),
  role: roleOf(member.rights, now),
  nickname: nameOf(group.properties.privacy, member),
  badge: member.badge,
  avatar: { infos: shownInfos(member.avatar, host) },
});
