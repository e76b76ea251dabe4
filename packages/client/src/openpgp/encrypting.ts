import type { EncryptFault, EncryptOrder, Fingerprint } from '@xmpp-groups/core/kontalk';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import {
  CompressedDataPacket,
  config,
  createMessage,
  encrypt,
  enums,
  generateSessionKey,
  type PublicKey as LibraryKey,
  Message,
  PacketList,
  SignaturePacket,
  sign,
} from 'openpgp';
import type { OwnKey } from './own-key.js';
import { KONTALK_SIGNING, tolerantNow } from './settings.js';

/** The subpacket "Signer's User ID" (RFC 4880, section 5.2.3.22). */
const SIGNERS_USER_ID = 28;

/** Signs with the own key, compresses, and encrypts to those of `held` that are named. */
export async function encryptTo(
  held: ReadonlyMap<Fingerprint, LibraryKey>,
  own: OwnKey,
  plain: Uint8Array,
  order: EncryptOrder,
): Promise<Result<Uint8Array, EncryptFault>> {
  if (order.signer !== own.fingerprint || !(await canSign(own))) {
    return err({ kind: 'no-signer', keys: [order.signer] });
  }
  const { usable, unusable } = await recipientsOf(held, order.to);
  if (unusable.length > 0) return err({ kind: 'unusable-key', keys: unusable });
  return ok(
    order.form === 'kontalk'
      ? await inKontalkForm(usable, own, plain, order)
      : await asPreferred(usable, own, plain),
  );
}

const canSign = ({ secret }: OwnKey): Promise<boolean> =>
  secret.getSigningKey(undefined, new Date(), undefined, config).then(
    () => true,
    () => false,
  );

async function recipientsOf(held: ReadonlyMap<Fingerprint, LibraryKey>, to: readonly Fingerprint[]) {
  const usable: LibraryKey[] = [];
  const unusable: Fingerprint[] = [];
  const date = tolerantNow();
  for (const fingerprint of to) {
    const key = held.get(fingerprint);
    // It fails for keys that are revoked, expired, too weak or not meant for encryption.
    const fits = await key?.getEncryptionKey(undefined, date, undefined, config).then(
      () => true,
      () => false,
    );
    if (key !== undefined && fits === true) usable.push(key);
    else unusable.push(fingerprint);
  }
  return { usable, unusable };
}

/** As all recipients prefer it, which their keys say. */
const asPreferred = async (to: LibraryKey[], own: OwnKey, plain: Uint8Array): Promise<Uint8Array> =>
  encrypt({
    message: await signed(own, plain),
    encryptionKeys: to,
    date: tolerantNow(),
    format: 'binary',
  });

/** SEIPD of version 1, ZIP, one signature with the user id of who signs, whatever the keys prefer (reference 4.1). */
async function inKontalkForm(
  to: LibraryKey[],
  own: OwnKey,
  plain: Uint8Array,
  { userId }: EncryptOrder,
): Promise<Uint8Array> {
  const message = await signed(own, plain);
  for (const packet of message.packets) {
    if (packet instanceof SignaturePacket) {
      packet.unhashedSubpackets.push({
        type: SIGNERS_USER_ID,
        critical: false,
        body: new TextEncoder().encode(userId),
      });
    }
  }
  const compressed = Object.assign(new CompressedDataPacket(), {
    algorithm: enums.compression.zip,
    packets: message.packets,
  });
  const packets = new PacketList<CompressedDataPacket>();
  packets.push(compressed);
  const date = tolerantNow();
  // A session key without AEAD makes the packet one of version 1.
  const { data, algorithm } = await generateSessionKey({ encryptionKeys: to, date });
  return encrypt({
    message: new Message<Uint8Array>(packets),
    encryptionKeys: to,
    sessionKey: { data, algorithm },
    date,
    format: 'binary',
    config: { preferredCompressionAlgorithm: enums.compression.uncompressed },
  });
}

const signed = async (own: OwnKey, plain: Uint8Array): Promise<Message<Uint8Array>> =>
  sign({
    message: await createMessage({ binary: plain }),
    signingKeys: own.secret,
    format: 'object',
    config: KONTALK_SIGNING,
  });
