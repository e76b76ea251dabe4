/** XEP-0231: Bits of Binary, version 1.0. https://xmpp.org/extensions/xep-0231.html */
import { attr, base64, content, element, integer, text } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** A small file inside a stanza. Kontalk sends thumbnails so, without a `cid` (reference 6). */
export const bitsOfBinary = element('data', NS.bitsOfBinary, 'XEP-0231 section 3', {
  cid: attr('cid', text).optional,
  maxAge: attr('max-age', integer()).optional,
  type: attr('type', text).optional,
  bytes: content(base64),
});
