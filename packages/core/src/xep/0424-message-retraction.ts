/** XEP-0424: Message Retraction, version 0.4.2. https://xmpp.org/extensions/xep-0424.html */
import { attr, element, text, textChild, token } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** `id` is that of the message that is taken back. */
export const retraction = element('retract', NS.messageRetraction, 'XEP-0424 section 3', {
  id: attr('id', token),
  reason: textChild('reason', NS.messageRetraction, text).optional,
});
