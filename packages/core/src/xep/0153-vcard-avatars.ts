/** XEP-0153: vCard-Based Avatars, version 1.1. https://xmpp.org/extensions/xep-0153.html */
import { element, text, textChild } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/**
 * In presence: the hash of the photo in the sender's vCard. An empty `photo`: he has none; without one he does not
 * know yet.
 */
export const vcardUpdate = element('x', NS.vcardUpdate, 'XEP-0153 section 4', {
  photo: textChild('photo', NS.vcardUpdate, { ...text, type: 'SHA-1, or nothing' }).optional,
});
