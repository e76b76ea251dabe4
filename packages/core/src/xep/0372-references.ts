/** XEP-0372: References, version 0.3.0. https://xmpp.org/extensions/xep-0372.html */
import { attr, element, integer, text } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/**
 * What a part of the body, or the whole message, refers to. `begin` and `end` count code points of the text as it
 * is, not escaped: other than in the references of Xabber.
 */
export const standardReference = element('reference', NS.reference, 'XEP-0372 section 3', {
  type: attr('type', text),
  begin: attr('begin', integer()).optional,
  end: attr('end', integer()).optional,
  uri: attr('uri', text).optional,
  anchor: attr('anchor', text).optional,
});
