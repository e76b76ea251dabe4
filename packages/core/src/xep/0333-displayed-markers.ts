/** XEP-0333: Displayed Markers, version 1.0. https://xmpp.org/extensions/xep-0333.html */
import { attr, element, list, text } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';
import { stanzaId } from './0359-stanza-ids.js';

/** In a message: its author wants to know when it was seen. */
export const markable = element('markable', NS.chatMarkers, 'XEP-0333 section 4', {});

/** The message with this id, and all before it, were seen. Xabber clients add its ids in archives (reference 6.6). */
export const displayed = element('displayed', NS.chatMarkers, 'XEP-0333 section 4; reference 6.6', {
  id: attr('id', text),
  stanzaIds: list(stanzaId, 10),
});
