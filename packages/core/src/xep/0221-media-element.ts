/** XEP-0221: Data Forms Media Element, version 1.0.1. https://xmpp.org/extensions/xep-0221.html */
import { attr, content, element, text } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** Where the media of a form field can be had, e.g. of an attachment of the first Xabber clients (reference 6.7). */
export const mediaUri = element('uri', NS.mediaElement, 'XEP-0221 section 3', {
  type: attr('type', text),
  uri: content(text),
});
