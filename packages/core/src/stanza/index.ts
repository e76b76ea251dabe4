/**
 * Message, presence, IQ, the roster, and stanza errors.
 * @module @xmpp-groups/core/stanza
 */
export * from './error.js';
export * from './reply.js';
export * from './roster.js';
export * from './stanza.js';
