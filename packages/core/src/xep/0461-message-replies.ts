/** XEP-0461: Message Replies, version 0.2.0. https://xmpp.org/extensions/xep-0461.html */
import { attr, element, text, token } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** The message that is answered: its id, and who wrote it. */
export const reply = element('reply', NS.reply, 'XEP-0461 section 3', {
  to: attr('to', text).optional,
  id: attr('id', token),
});
