/**
 * Addresses (RFC 7622), prepared once, so that `===` compares them.
 * @module @xmpp-groups/core/jid
 */
export {
  type BareJid,
  bareOf,
  domainOf,
  type FullJid,
  isBare,
  isFull,
  type Jid,
  type JidParts,
  jidOf,
  localpartOf,
  parseBareJid,
  parseFullJid,
  parseJid,
  resourceOf,
  withResource,
} from './jid.js';
export { prepareLocalpart } from './localpart.js';
