import { attr, bareJid, child, element, oneOf, text, textChild, type ValueOf } from '../../codec/index.js';
import { avatarMetadata } from '../../xep/0084-user-avatar.js';
import { NS } from '../../xml/namespaces.js';
import { assignedJid } from './assigned-jid.js';

/** The card of a member: what others see of him. Without `jid` in incognito groups. */
export const user = element('user', NS.groups, 'reference 8.1', {
  id: attr('id', text),
  jid: textChild('jid', NS.groups, bareJid).optional,
  /** In incognito groups. */
  assigned: child(assignedJid).optional,
  role: textChild('role', NS.groups, oneOf('owner', 'admin', 'member')).optional,
  nickname: textChild('nickname', NS.groups, text).optional,
  badge: textChild('badge', NS.groups, text).optional,
  avatar: child(avatarMetadata).optional,
  /** Last seen, a date and time; only in member lists, left out while the member has the chat open. */
  present: textChild('present', NS.groups, text).optional,
  subscription: textChild('subscription', NS.groups, oneOf('both', 'wait', 'none')).optional,
  /** The id again, of a member who is gone (trap T6). */
  removedId: textChild('id', NS.groups, text).optional,
});

/** What others see of a member; `present` is a date and time of XEP-0082. */
export type UserCard = ValueOf<typeof user>;
