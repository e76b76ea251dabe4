import { createHash } from 'node:crypto';
import {
  config,
  createMessage,
  decrypt,
  encrypt,
  enums,
  generateKey,
  type PrivateKey,
  type PublicKey,
  readMessage,
  SignaturePacket,
} from 'openpgp';
import type { BareJid } from '../../jid/index.js';
import { err, ok } from '../../result.js';
import type { OpenPgp, Signature } from '../containers/open-pgp.js';
import type { KnownKey } from '../keys/known-key.js';

/**
 * A key shaped as Kontalk's are (reference 4.1): RSA to certify, P-256 to sign, P-256 to encrypt communications, and
 * nothing else, with one user id for each form.
 */
export async function kontalkShapedKey(jid: BareJid): Promise<PrivateKey> {
  const curve = { type: 'ecc', curve: 'nistP256' } as const;
  const { privateKey } = await generateKey({
    type: 'rsa',
    rsaBits: 2048,
    userIDs: [{ name: jid.slice(0, jid.indexOf('@')), email: jid }, { name: `xmpp:${jid}` }],
    subkeys: [{ ...curve, sign: true }, curve],
    format: 'object',
  });
  const encrypting = privateKey.subkeys[1];
  if (encrypting === undefined) throw new Error('no subkey');
  const binding = Object.assign(new SignaturePacket(), {
    signatureType: enums.signature.subkeyBinding,
    publicKeyAlgorithm: privateKey.keyPacket.algorithm,
    hashAlgorithm: enums.hash.sha256,
    keyFlags: Uint8Array.of(enums.keyFlags.encryptCommunication),
  });
  // What is bound is no bytes, though the library's types say so.
  const bound = { key: privateKey.keyPacket, bind: encrypting.keyPacket };
  const created = privateKey.getCreationTime();
  const signing: Promise<void> = Reflect.apply(binding.sign, binding, [
    privateKey.keyPacket,
    bound,
    created,
    false,
    config,
  ]);
  await signing;
  encrypting.bindingSignatures = [binding];
  return privateKey;
}

export const printOf = (key: PublicKey): string => key.getFingerprint().toUpperCase();

/** What the rules need to know of a key. */
export const knownKeyOf = (key: PublicKey): KnownKey => ({
  fingerprint: printOf(key),
  userIds: key.getUserIDs(),
  standing: 'first',
  since: key.getCreationTime().getTime(),
});

/** The port on OpenPGP.js, with the secret keys of `own` and the public ones of everybody. */
export function openPgpJs(own: readonly PrivateKey[], everybody: readonly PublicKey[]): OpenPgp {
  return {
    encrypt: async (plain, { to, signer, form }) => {
      const recipients = everybody.filter((key) => to.includes(printOf(key)));
      const signing = own.find((key) => printOf(key) === signer);
      const missing = to.filter((print) => !recipients.some((key) => printOf(key) === print));
      if (missing.length > 0) return err({ kind: 'unusable-key', keys: missing });
      if (signing === undefined) return err({ kind: 'no-signer', keys: [signer] });
      const message = await encrypt({
        message: await createMessage({ binary: plain }),
        encryptionKeys: recipients,
        signingKeys: signing,
        format: 'binary',
        config:
          form === 'kontalk'
            ? { preferredCompressionAlgorithm: enums.compression.zip, aeadProtect: false }
            : {},
      });
      return ok(message);
    },
    decrypt: async (binary) => {
      try {
        const result = await decrypt({
          message: await readMessage({ binaryMessage: binary }),
          decryptionKeys: [...own],
          verificationKeys: [...everybody],
          format: 'binary',
        });
        const [signature] = result.signatures;
        return ok({
          plain: new Uint8Array(result.data),
          intact: true,
          signature: signature === undefined ? { kind: 'none' } : await verified(signature, everybody),
        });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (/Modification detected/.test(reason)) return err({ kind: 'tampered', reason });
        return err({ kind: /key/i.test(reason) ? 'no-secret-key' : 'malformed', reason });
      }
    },
    digest: async (bytes) => createHash('sha256').update(bytes).digest('base64'),
  };
}

/** What somebody makes who passes on what he could read: the same signature, encrypted to others. */
export async function passedOn(
  binaryMessage: Uint8Array,
  reader: PrivateKey,
  to: PublicKey,
): Promise<Uint8Array> {
  const message = await readMessage({ binaryMessage });
  const { data, signatures } = await decrypt({ message, decryptionKeys: reader, format: 'binary' });
  const [made] = signatures;
  if (made === undefined) throw new Error('not signed');
  return encrypt({
    message: await createMessage({ binary: new Uint8Array(data) }),
    signature: await made.signature,
    encryptionKeys: to,
    format: 'binary',
  });
}

type Found = Awaited<ReturnType<typeof decrypt>>['signatures'][number];

async function verified(
  { keyID, verified: verification }: Found,
  everybody: readonly PublicKey[],
): Promise<Signature> {
  const key = everybody.find((candidate) => candidate.getKeys(keyID).length > 0);
  try {
    await verification;
  } catch (error) {
    if (key === undefined) return { kind: 'unknown-key', keyId: keyID.toHex() };
    return { kind: 'invalid', reason: error instanceof Error ? error.message : String(error) };
  }
  return key === undefined
    ? { kind: 'unknown-key', keyId: keyID.toHex() }
    : { kind: 'valid', signer: printOf(key) };
}
