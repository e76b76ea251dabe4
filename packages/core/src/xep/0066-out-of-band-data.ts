/** XEP-0066: Out of Band Data, version 1.5. https://xmpp.org/extensions/xep-0066.html */
import { element, text, textChild } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** A file behind an address; what kind of file it is, only the address can tell. */
export const outOfBand = element('x', NS.oob, 'XEP-0066 section 3', {
  url: textChild('url', NS.oob, text),
  description: textChild('desc', NS.oob, text).optional,
});
