import { encodeBase64 } from '@xmpp-groups/core/codec';
import type { Fingerprint } from '@xmpp-groups/core/kontalk';
import { config, type PublicKey as LibraryKey } from 'openpgp';
import type { KeyLibrary } from '../kontalk/keys/key-library.js';
import { decryptWith } from './decrypting.js';
import { encryptTo } from './encrypting.js';
import { lockOwnKey, type OwnKey } from './own-key.js';
import { describe, isTooLarge, printOf, readLibraryKeys, readPublicKeys } from './public-keys.js';
import { LARGEST_PLAIN, tolerantNow } from './settings.js';

/** How OpenPGP.js is used. */
export interface LibraryOptions {
  /** The most bytes that a message may come to when it is decompressed; 32 MiB if nothing is said. */
  readonly largest?: number;
}

const digestOf = async (bytes: Uint8Array): Promise<string> =>
  encodeBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))));

/** A key with all that is known of it; what would make it too large is left out. */
async function join(known: LibraryKey | undefined, offered: LibraryKey): Promise<LibraryKey> {
  const joined = await known?.update(offered, tolerantNow(), config);
  if (joined === undefined) return offered;
  return isTooLarge(joined) ? (known ?? offered) : joined;
}

/** OpenPGP.js with the own key, and at first no other. */
export function keyLibrary(own: OwnKey, { largest = LARGEST_PLAIN }: LibraryOptions = {}): KeyLibrary {
  const held = new Map<Fingerprint, LibraryKey>([[own.fingerprint, own.secret.toPublic()]]);

  return {
    own: { fingerprint: own.fingerprint, userIds: own.userIds, bytes: own.bytes },
    ownSince: own.secret.getCreationTime().getTime(),
    openPgp: {
      encrypt: (plain, order) => encryptTo(held, own, plain, order),
      decrypt: (message) => decryptWith(held, own, message, largest),
      digest: digestOf,
    },
    read: readPublicKeys,
    hold: async (key) => {
      const read = await readLibraryKeys(key.bytes);
      const offered = read.ok ? read.value.find((one) => printOf(one) === key.fingerprint) : undefined;
      if (offered === undefined || key.fingerprint === own.fingerprint) return key;
      const joined = await join(held.get(key.fingerprint), offered);
      held.set(key.fingerprint, joined);
      return describe(joined);
    },
    drop: (fingerprint) => {
      if (fingerprint !== own.fingerprint) held.delete(fingerprint);
    },
    lock: (code) => lockOwnKey(own, code),
  };
}
