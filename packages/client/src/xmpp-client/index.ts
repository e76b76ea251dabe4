/**
 * The connection of an `@xmpp/client`.
 * @module @xmpp-groups/client/xmpp-client
 */
export { connectionOf, type XmppClient } from './connection-of.js';
export { type Answering, announceFeatures, type ClientFeatures } from './features.js';
