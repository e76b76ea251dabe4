/** XEP-0199: XMPP Ping, version 2.0.1. https://xmpp.org/extensions/xep-0199.html */
import { element } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** Asks for an answer, whichever. */
export const ping = element('ping', NS.ping, 'XEP-0199 section 4', {});
