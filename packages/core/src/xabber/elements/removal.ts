import { attr, child, content, element, text, textChild } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/** The request to delete a group, named by its local part: as text (xabber-web) or in a child (iOS, 2026). */
export const removal = element('query', NS.groupsDelete, 'reference 11.5; trap T20', {
  localpart: textChild('localpart', NS.groupsDelete, text).optional,
  text: content(text),
});

const removed = element('group', NS.groups, 'reference appendix B', { jid: attr('jid', text).optional });

/** The same as the newest clients write it, with the JID of the group. */
export const removalByJid = element('delete', NS.groups, 'reference 11.5, appendix B; trap T20', {
  jid: attr('jid', text).optional,
  group: child(removed).optional,
  localpart: textChild('localpart', NS.groups, text).optional,
  text: content(text),
});
