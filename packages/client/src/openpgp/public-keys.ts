import type { Fingerprint } from '@xmpp-groups/core/kontalk';
import { failure, ok, type Result } from '@xmpp-groups/core/result';
import { config, type Key, type PublicKey as LibraryKey, readKeys } from 'openpgp';
import type { PublicKey } from '../kontalk/keys/key-library.js';
import { tolerantNow } from './settings.js';

/** The largest keyring that is read, and the largest key that is kept of it, in bytes. */
const LARGEST_KEYRING = 262_144;
const LARGEST_KEY = 65_536;
/** The most keys of one keyring. */
const MOST_KEYS = 20;

export const printOf = (key: Key): Fingerprint => key.getFingerprint().toUpperCase();

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The user ids that the key has signed and not taken back: anybody can put others beside them. */
async function ownUserIds(key: Key): Promise<readonly string[]> {
  const date = tolerantNow();
  const checked = await Promise.all(
    key.users.map(async (user) => {
      const { userID } = user;
      if (userID === null) return undefined;
      return user.verify(date, config).then(
        () => userID.userID,
        () => undefined,
      );
    }),
  );
  return checked.filter((userId) => userId !== undefined);
}

/** A key without what is not needed of it and could be put to it by anybody: signatures of others, pictures. */
function slim(key: Key): LibraryKey {
  const slimmed = key.toPublic();
  slimmed.users = slimmed.users.filter(({ userID }) => userID !== null);
  for (const user of slimmed.users) user.otherCertifications = [];
  return slimmed;
}

export const isTooLarge = (key: Key): boolean => key.write().length > LARGEST_KEY;

export async function describe(key: Key): Promise<PublicKey> {
  return { fingerprint: printOf(key), userIds: await ownUserIds(key), bytes: key.toPublic().write() };
}

/** Reads a keyring, with the keys as the library has them. */
export async function readLibraryKeys(bytes: Uint8Array): Promise<Result<readonly LibraryKey[]>> {
  if (bytes.length > LARGEST_KEYRING) return failure('keyring', `more than ${LARGEST_KEYRING} bytes`);
  try {
    const read = await readKeys({ binaryKeys: bytes });
    const keys = read.slice(0, MOST_KEYS).map(slim);
    return ok(keys.filter((key) => !isTooLarge(key)));
  } catch (error) {
    return failure('keyring', reasonOf(error));
  }
}

/**
 * The public keys in a keyring that is not armoured, each with the user ids that it has signed itself.
 * @returns a failure when it is no keyring or too large; keys that are too large are left out
 */
export async function readPublicKeys(bytes: Uint8Array): Promise<Result<readonly PublicKey[]>> {
  const keys = await readLibraryKeys(bytes);
  return keys.ok ? ok(await Promise.all(keys.value.map(describe))) : keys;
}
