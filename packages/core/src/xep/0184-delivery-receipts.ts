/** XEP-0184: Message Delivery Receipts, version 1.4.0. https://xmpp.org/extensions/xep-0184.html */
import { attr, element, token } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** The sender wants to know when the message has arrived. */
export const receiptRequest = element('request', NS.receipts, 'XEP-0184 section 5.2', {});

/** The message with this id has arrived. */
export const receipt = element('received', NS.receipts, 'XEP-0184 section 5.3', { id: attr('id', token) });
