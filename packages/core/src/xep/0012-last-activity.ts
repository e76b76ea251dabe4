/** XEP-0012: Last Activity, version 2.0. https://xmpp.org/extensions/xep-0012.html */
import { attr, element, integer } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** `seconds` is left out of requests. */
export const lastActivity = element('query', NS.last, 'XEP-0012 section 4', {
  seconds: attr('seconds', integer()).optional,
});
