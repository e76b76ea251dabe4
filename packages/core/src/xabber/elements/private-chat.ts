import { attr, bareJid, element, jid, text, textChild } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

const wanted = { jid: attr('jid', jid), id: attr('id', text) };

/** In a request to the host: a private chat with the member `id` of the group `jid`, as clients write it. */
export const chatPartner = element('peer-to-peer', NS.groupsCreate, 'reference 13.1', wanted);

/** The same, as servers declare it. */
export const chatPartnerInBase = element('peer-to-peer', NS.groups, 'reference 13.1', wanted);

/** Beside a `conflict`: the private chat that the two have already. */
export const existingChat = element('x', NS.groups, 'reference 13.4', {
  jid: textChild('jid', NS.groups, bareJid),
});

/** The same in the words of 2026. */
export const existingGroup = element('group', NS.groups, 'reference 13.4', { jid: attr('jid', bareJid) });
