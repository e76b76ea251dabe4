export * from './error.js';
export * from './reply.js';
export * from './stanza.js';
