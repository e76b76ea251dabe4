/** XEP-0380: Explicit Message Encryption, version 0.4.0. https://xmpp.org/extensions/xep-0380.html */
import { attr, element, text } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** What a message is encrypted with, for readers that cannot read it. */
export const encryption = element('encryption', NS.encryption, 'XEP-0380 section 3', {
  namespace: attr('namespace', text),
  name: attr('name', text).optional,
});
