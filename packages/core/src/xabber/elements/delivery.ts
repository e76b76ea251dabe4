import { attr, element, jid, rawChild, text } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/** When the group took the message. `stamp` is text, so that it keeps its microseconds. */
export const deliveryTime = element('time', NS.delivery, 'reference 6.3', {
  by: attr('by', jid),
  stamp: attr('stamp', text),
});

/** The id in the archive again, for readers older than XEP-0359. */
export const archived = element('archived', NS.archivedTmp, 'reference 6.3', {
  by: attr('by', jid),
  id: attr('id', text),
});

/** The echo: an author's own message, as all others got it, with its id in the archive. */
export const echo = element('x', NS.delivery, 'reference 6.3', { message: rawChild('message', NS.client) });
