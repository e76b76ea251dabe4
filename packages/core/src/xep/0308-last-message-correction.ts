/** XEP-0308: Last Message Correction, version 1.2.1. https://xmpp.org/extensions/xep-0308.html */
import { attr, element, token } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** `id` is that of the message that this one takes the place of, as its author gave it. */
export const correction = element('replace', NS.messageCorrection, 'XEP-0308 section 3', {
  id: attr('id', token),
});
