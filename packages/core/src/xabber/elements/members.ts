import { attr, child, element, integer, list, text } from '../../codec/index.js';
import { rsm } from '../../xep/0059-result-set-management.js';
import { NS } from '../../xml/namespaces.js';
import { user } from './user.js';

/** The list of members, or one of them: `id=''` is oneself. */
export const members = element('query', NS.groupsMembers, 'reference 8.2', {
  version: attr('version', integer()).optional,
  id: attr('id', text).optional,
  users: list(user, 100_000),
  rsm: child(rsm).optional,
});
