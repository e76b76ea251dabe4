/**
 * OpenPGP.js for the keyring: the own key, and the library that encrypts and decrypts.
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
