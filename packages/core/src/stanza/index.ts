export * from './error.js';
export * from './reply.js';
export * from './roster.js';
export * from './stanza.js';
