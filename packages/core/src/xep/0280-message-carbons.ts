/** XEP-0280: Message Carbons, version 1.0.1. https://xmpp.org/extensions/xep-0280.html */
import { child, element } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';
import { forwarded } from './0297-forwarding.js';

/** A message that another device of the same account has sent. */
export const carbonSent = element('sent', NS.carbons, 'XEP-0280 section 7', { forwarded: child(forwarded) });

/** A message that another device of the same account has received. */
export const carbonReceived = element('received', NS.carbons, 'XEP-0280 section 6', {
  forwarded: child(forwarded),
});
