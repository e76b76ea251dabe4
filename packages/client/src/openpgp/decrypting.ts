import type { Decrypted, DecryptFault, Fingerprint } from '@xmpp-groups/core/kontalk';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import {
  decrypt,
  decryptSessionKeys,
  enums,
  type PublicKey as LibraryKey,
  type Message,
  readMessage,
  type SessionKey,
} from 'openpgp';
import type { OwnKey } from './own-key.js';
import { reasonOf } from './public-keys.js';
import { signatureOf } from './verifying.js';

type Encrypted = Message<Uint8Array>;

/**
 * What the library says of packets that are as they were but no message. For all else it finds once it has the session
 * key, they are not: each way of protection has words of its own for that.
 */
const MALFORMED = /maximum decompressed|literal data|unexpected packet|missing trailing/i;

/**
 * Decrypts with the own key, and verifies with whichever of `held` has signed.
 * @param largest what comes out at most, in bytes: a small message may stand for a very large one
 */
export async function decryptWith(
  held: ReadonlyMap<Fingerprint, LibraryKey>,
  own: OwnKey,
  bytes: Uint8Array,
  largest: number,
): Promise<Result<Decrypted, DecryptFault>> {
  const message = await encryptedMessage(bytes);
  if (!message.ok) return message;
  const sessionKeys = await sessionKeysFor(own, message.value);
  if (!sessionKeys.ok) return sessionKeys;
  try {
    const { data, signatures } = await decrypt({
      message: message.value,
      sessionKeys: sessionKeys.value,
      format: 'binary',
      config: { maxDecompressedMessageSize: largest },
    });
    const plain = new Uint8Array(data);
    return ok({ plain, intact: true, signature: await signatureOf(plain, signatures, held) });
  } catch (error) {
    const reason = reasonOf(error);
    return err({ kind: MALFORMED.test(reason) ? 'malformed' : 'tampered', reason });
  }
}

async function encryptedMessage(bytes: Uint8Array): Promise<Result<Encrypted, DecryptFault>> {
  try {
    const message = await readMessage({ binaryMessage: bytes });
    const { symEncryptedIntegrityProtectedData, aeadEncryptedData, symmetricallyEncryptedData } =
      enums.packet;
    const found = [symEncryptedIntegrityProtectedData, aeadEncryptedData, symmetricallyEncryptedData].some(
      (tag) => message.packets.findPacket(tag) !== undefined,
    );
    return found ? ok(message) : err({ kind: 'malformed', reason: 'nothing in it is encrypted' });
  } catch (error) {
    return err({ kind: 'malformed', reason: reasonOf(error) });
  }
}

async function sessionKeysFor(
  { secret }: OwnKey,
  message: Encrypted,
): Promise<Result<SessionKey[], DecryptFault>> {
  try {
    const found = await decryptSessionKeys({ message, decryptionKeys: secret });
    // Packets that do not need to be told the cipher name it themselves, and what is said here is not looked at.
    return ok(found.map(({ data, algorithm }) => ({ data, algorithm: algorithm ?? 'aes256' })));
  } catch (error) {
    return err({ kind: 'no-secret-key', reason: reasonOf(error) });
  }
}
