import type { BareJid } from '@xmpp-groups/core/jid';
import { kontalkUserId, openPgpUserId } from '@xmpp-groups/core/kontalk';
import { failure, ok, type Result } from '@xmpp-groups/core/result';
import {
  createMessage,
  decrypt,
  decryptKey,
  encrypt,
  encryptKey,
  enums,
  generateKey,
  type PrivateKey,
  readMessage,
  readPrivateKey,
} from 'openpgp';
import type { PublicKey } from '../kontalk/keys/key-library.js';
import { describe, reasonOf } from './public-keys.js';
import { BACKUP, KONTALK_PREFERENCES } from './settings.js';

/** The own key, with its secret part unlocked. */
export interface OwnKey extends PublicKey {
  readonly secret: PrivateKey;
}

/**
 * A new key as Kontalk's clients make them (reference 4.1): RSA to certify, P-256 to sign, P-256 to encrypt; it names the
 * account as Kontalk does, and as XEP-0373 wants it.
 * @param name the name in the user id, for people
 */
export async function generateOwnKey(
  jid: BareJid,
  { name = '' }: { readonly name?: string } = {},
): Promise<OwnKey> {
  const curve = { type: 'ecc', curve: 'nistP256' } as const;
  const { privateKey } = await generateKey({
    type: 'rsa',
    rsaBits: 2048,
    // Given as a name, a user id is taken letter by letter: not every JID is an address for mail.
    userIDs: [{ name: kontalkUserId(jid, name) }, { name: openPgpUserId(jid) }],
    subkeys: [{ ...curve, sign: true }, curve],
    format: 'object',
    config: KONTALK_PREFERENCES,
  });
  return ownKeyOf(privateKey);
}

async function ownKeyOf(secret: PrivateKey): Promise<OwnKey> {
  // The library decrypts with ciphers only that the key asks for; Kontalk's clients write AES-192 whatever it says.
  for (const { selfCertifications } of secret.users) {
    for (const certification of selfCertifications) {
      const preferred = certification.preferredSymmetricAlgorithms ?? [];
      certification.preferredSymmetricAlgorithms = [...preferred, enums.symmetric.aes192];
    }
  }
  return { ...(await describe(secret)), secret };
}

/**
 * A secret key, as {@link writeOwnKey} or another program writes it.
 * @param key bytes, or a text in armour
 * @param passphrase that protects it, if one does
 * @returns a failure when it is none, the passphrase is not the right one, or a part of the secret is missing
 */
export async function readOwnKey(key: Uint8Array | string, passphrase?: string): Promise<Result<OwnKey>> {
  try {
    const read = await (typeof key === 'string'
      ? readPrivateKey({ armoredKey: key })
      : readPrivateKey({ binaryKey: key }));
    if (read.isDecrypted()) return ok(await ownKeyOf(read));
    if (passphrase === undefined) return failure('passphrase', 'missing');
    return ok(await ownKeyOf(await decryptKey({ privateKey: read, passphrase })));
  } catch (error) {
    return failure('key', reasonOf(error));
  }
}

/** The secret key, without armour; protected by the passphrase if there is one. */
export async function writeOwnKey({ secret }: OwnKey, passphrase?: string): Promise<Uint8Array> {
  if (passphrase === undefined) return secret.write();
  return (await encryptKey({ privateKey: secret, passphrase })).write();
}

/**
 * The secret key encrypted with a backup code, for the other devices of the account (XEP-0373, section 5.4).
 * @param code from `backupCode`, with its dashes
 */
export async function lockOwnKey({ secret }: OwnKey, code: string): Promise<Uint8Array> {
  const message = await createMessage({ binary: secret.write() });
  return encrypt({ message, passwords: code, format: 'binary', config: BACKUP });
}

/** The secret key out of what {@link lockOwnKey} has made; a failure when the code is not the right one. */
export async function unlockOwnKey(message: Uint8Array, code: string): Promise<Result<OwnKey>> {
  try {
    const read = await readMessage({ binaryMessage: message });
    const { data } = await decrypt({ message: read, passwords: code, format: 'binary' });
    return readOwnKey(new Uint8Array(data));
  } catch (error) {
    return failure('backup', reasonOf(error));
  }
}
