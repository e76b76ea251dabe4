/** XEP-0033: Extended Stanza Addressing, version 1.2.1. https://xmpp.org/extensions/xep-0033.html */
import { attr, boolean, element, jid, list, oneOf, text, type ValueOf } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

const address = element('address', NS.addresses, 'XEP-0033 section 4', {
  type: attr('type', oneOf('to', 'cc', 'bcc', 'replyto', 'replyroom', 'noreply', 'ofrom')),
  jid: attr('jid', jid).optional,
  /** An address of another system, in place of a JID. */
  uri: attr('uri', text).optional,
  node: attr('node', text).optional,
  delivered: attr('delivered', boolean).optional,
  description: attr('desc', text).optional,
});

/** For whom a stanza is, when they are several. */
export const addresses = element('addresses', NS.addresses, 'XEP-0033 section 3', {
  addresses: list(address, 10_000),
});

/** One of those for whom a stanza is. */
export type Address = ValueOf<typeof address>;
