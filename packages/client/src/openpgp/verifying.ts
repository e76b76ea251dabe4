import type { Fingerprint, Signature } from '@xmpp-groups/core/kontalk';
import {
  createMessage,
  type DecryptMessageResult,
  enums,
  type PublicKey as LibraryKey,
  type Signature as LibrarySignature,
  verify,
} from 'openpgp';
import { printOf, reasonOf } from './public-keys.js';
import { tolerantNow } from './settings.js';

/** More signatures under one message are not looked at. */
const MOST = 10;

/** The first signature that is valid, or else the first that is not, and why. */
export async function signatureOf(
  plain: Uint8Array,
  found: DecryptMessageResult['signatures'],
  held: ReadonlyMap<Fingerprint, LibraryKey>,
): Promise<Signature> {
  let first: Signature | undefined;
  for (const { keyID, signature } of found.slice(0, MOST)) {
    // Anybody can put the subkey of another into his own key, which does not make it his: all that have it are tried.
    const candidates = [...held.values()].filter((key) => key.getKeys(keyID).length > 0);
    const verified =
      candidates.length === 0
        ? ({ kind: 'unknown-key', keyId: keyID.toHex() } as const)
        : await verifyWith(candidates, plain, await signature);
    if (verified.kind === 'valid') return verified;
    first ??= verified;
  }
  return first ?? { kind: 'none' };
}

async function verifyWith(
  candidates: readonly LibraryKey[],
  plain: Uint8Array,
  signature: LibrarySignature,
): Promise<Signature> {
  // A signature over text is the same whatever the ends of its lines are, so it does not tell copies apart.
  if (signature.packets.some(({ signatureType }) => signatureType !== enums.signature.binary)) {
    return { kind: 'invalid', reason: 'not a signature over bytes' };
  }
  let reason = '';
  for (const key of candidates) {
    const { signatures } = await verify({
      message: await createMessage({ binary: plain }),
      signature,
      verificationKeys: key,
      date: tolerantNow(),
      format: 'binary',
    });
    try {
      await Promise.all(signatures.map(({ verified }) => verified));
      if (signatures.length > 0) return { kind: 'valid', signer: printOf(key) };
    } catch (error) {
      reason = reasonOf(error);
    }
  }
  return { kind: 'invalid', reason };
}
