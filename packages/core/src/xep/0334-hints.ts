/** XEP-0334: Message Processing Hints, version 0.4.0. https://xmpp.org/extensions/xep-0334.html */
import { element } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** Keeps a copy out of the recipient's own archive; offline storage is not affected. */
export const noPermanentStore = element('no-permanent-store', NS.hints, 'XEP-0334 section 4.1', {});

/** Keeps a message without a body for who is away: servers would drop it otherwise. */
export const store = element('store', NS.hints, 'XEP-0334 section 4.4', {});

/** Keeps a message out of every archive and of offline storage: it is of no use later. */
export const noStore = element('no-store', NS.hints, 'XEP-0334 section 4.2', {});
