import { attr, bareJid, element, jid, text, textChild } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/** Who a private chat is to be with; each generation of clients has its own namespace for it. */
export const partnerIn = (ns: string) =>
  element('peer-to-peer', ns, 'reference 13.1', { jid: attr('jid', jid), id: attr('id', text) });

/** In a request to the host: a private chat with the member `id` of the group `jid`, as clients write it. */
export const chatPartner = partnerIn(NS.groupsCreate);

/** The same, as servers declare it. */
export const chatPartnerInBase = partnerIn(NS.groups);

/** Beside a `conflict`: the private chat that the two have already. */
export const existingChat = element('x', NS.groups, 'reference 13.4', {
  jid: textChild('jid', NS.groups, bareJid),
});

/** The same in the words of 2026. */
export const existingGroup = element('group', NS.groups, 'reference 13.4', { jid: attr('jid', bareJid) });
