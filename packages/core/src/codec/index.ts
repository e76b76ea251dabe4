/**
 * Declarations of elements: one gives the parser, the builder and the type.
 * @module @xmpp-groups/core/codec
 */
export * from './amend.js';
export * from './base64.js';
export * from './child.js';
export * from './declaration.js';
export * from './everywhere.js';
export * from './field.js';
export * from './leaf.js';
export * from './own.js';
export * from './qualify.js';
export * from './raw.js';
export * from './value.js';
