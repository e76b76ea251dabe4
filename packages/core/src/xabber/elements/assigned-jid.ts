import { attr, element, fullJid } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/**
 * The JID under which a member of an incognito group is known there, for identification (docs/assigned-jids.md). This
 * project's own element, within a card, for what the first proposal of the protocol promised. `<jid/>` would not do:
 * clients take that for the JID of an account.
 */
export const assignedJid = element('assigned-jid', NS.assignedJid, 'reference 6.9; docs/assigned-jids.md', {
  jid: attr('jid', fullJid),
});
