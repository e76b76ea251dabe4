import { bareJid, element, flag, integer, oneOf, text, textChild, type ValueOf } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/**
 * `<x/>` in the presence of a group: how clients know that a contact is a group, and what they show of it.
 * Always complete, because each generation of clients reads another part (reference 1.4).
 */
export const groupInfo = element('x', NS.groups, 'reference 1.4', {
  members: textChild('members', NS.groups, integer()),
  present: textChild('present', NS.groups, integer()).optional,
  name: textChild('name', NS.groups, text),
  privacy: textChild('privacy', NS.groups, oneOf('public', 'incognito')),
  index: textChild('index', NS.groups, oneOf('none', 'local', 'global')).optional,
  membership: textChild('membership', NS.groups, oneOf('open', 'member-only')).optional,
  description: textChild('description', NS.groups, text).optional,
  pinned: textChild('pinned-message', NS.groups, integer()).optional,
  parent: textChild('parent-chat', NS.groups, bareJid).optional,
});

/** What a group says of itself in its presence; `pinned` is the id of a message, `0` or absent for none. */
export type GroupInfo = ValueOf<typeof groupInfo>;

/**
 * `<x/>` in the presence of somebody who joins: only a group carries one that has children, and groups do not
 * join groups (trap T17).
 */
export const groupMark = element('x', NS.groups, 'reference 1.4; trap T17', {
  members: textChild('members', NS.groups, text).optional,
  isGroup: flag('name', NS.groups),
});
