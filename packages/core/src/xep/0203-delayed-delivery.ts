/** XEP-0203: Delayed Delivery, version 2.0. https://xmpp.org/extensions/xep-0203.html */
import { attr, element, jid, text } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** `stamp` is text, so that it keeps its microseconds. */
export const delay = element('delay', NS.delay, 'XEP-0203 section 4', {
  from: attr('from', jid).optional,
  stamp: attr('stamp', text),
});
