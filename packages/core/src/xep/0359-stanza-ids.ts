/** XEP-0359: Unique and Stable Stanza IDs, version 0.7.0. https://xmpp.org/extensions/xep-0359.html */
import { attr, element, jid, text } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** The id that the author gave a message. */
export const originId = element('origin-id', NS.stanzaIds, 'XEP-0359 section 2.2', { id: attr('id', text) });

/** The id that `by` gave a message, in the archive of which it is. */
export const stanzaId = element('stanza-id', NS.stanzaIds, 'XEP-0359 section 2.1', {
  by: attr('by', jid),
  id: attr('id', text),
});
