import { attr, element, integer, list, oneOf, text, textChild } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';
import { user } from './user.js';

const ns = NS.groupsSystemMessage;

/** `<x/>` in what the group itself says; `users` are those it happened to (reference 7.1, 7.2). */
export const systemMark = element('x', ns, 'reference 7.1, 7.2', {
  type: attr('type', oneOf('create', 'join', 'left', 'kick', 'block', 'update')).optional,
  version: attr('version', integer()).optional,
  name: textChild('name', ns, text).optional,
  privacy: textChild('privacy', ns, text).optional,
  membership: textChild('membership', ns, text).optional,
  description: textChild('description', ns, text).optional,
  index: textChild('index', ns, text).optional,
  users: list(user),
});
