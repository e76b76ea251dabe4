/**
 * OpenPGP.js behind the port of a keyring: the own key, and those of others.
 * @module @xmpp-groups/client/openpgp
 */
export { keepOwnKey, keptOwnKey, type OwnKeyOptions } from './kept-own-key.js';
export { keyLibrary, type LibraryOptions } from './key-library.js';
export {
  generateOwnKey,
  lockOwnKey,
  type OwnKey,
  readOwnKey,
  unlockOwnKey,
  writeOwnKey,
} from './own-key.js';
export { readPublicKeys } from './public-keys.js';
