import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import type { ContainerForm, EncryptOrder, OpenPgp } from '@xmpp-groups/core/kontalk';
import {
  createMessage,
  decrypt,
  encrypt,
  enums,
  generateKey,
  PacketList,
  type PrivateKey,
  PublicKey,
  readKey,
  readMessage,
  revokeKey,
  UserIDPacket,
} from 'openpgp';
import { describe, expect, it } from 'vitest';
import { generateOwnKey, keyLibrary, type OwnKey, readPublicKeys } from './index.js';

const bare = (text: string): BareJid => {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
};
const keyOf = (name: string): Promise<OwnKey> => generateOwnKey(bare(`${name}@localhost`), { name });
const [olga, ann, ben] = await Promise.all([keyOf('Olga'), keyOf('Ann'), keyOf('Ben')]);

/** The library of somebody who knows the keys of these, whatever made them. */
async function libraryOf(own: OwnKey, ...known: readonly { write(): Uint8Array }[]) {
  const library = keyLibrary(own, { largest: 1_000_000 });
  for (const key of known) {
    const read = await library.read(key.write());
    if (!read.ok) throw new Error(read.error.reason);
    for (const one of read.value) await library.hold(one);
  }
  return library;
}
const publicOf = ({ secret }: OwnKey) => secret.toPublic();
const printOf = (key: PublicKey): string => key.getFingerprint().toUpperCase();

const plain = new TextEncoder().encode('Saturday, Grüße 🛶 '.repeat(100));
const order = (to: readonly string[], form: ContainerForm = 'kontalk'): EncryptOrder => ({
  to,
  signer: olga.fingerprint,
  userId: olga.userIds[0] ?? '',
  form,
});

async function sealed(openPgp: OpenPgp, given: EncryptOrder): Promise<Uint8Array> {
  const result = await openPgp.encrypt(plain, given);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

/** A key that Kontalk would not make. */
async function otherKey(options: Partial<Parameters<typeof generateKey>[0]> = {}): Promise<PrivateKey> {
  const { privateKey } = await generateKey({
    userIDs: [{ name: 'xmpp:eve@localhost' }],
    type: 'curve25519',
    ...options,
    format: 'object',
  });
  return privateKey;
}

describe('the own key', () => {
  it('has the shape of those of Kontalk, and names the account in both forms', () => {
    const { secret, userIds } = olga;
    expect(userIds).toEqual(['Olga <olga@localhost>', 'xmpp:olga@localhost']);
    expect(secret.getAlgorithmInfo()).toMatchObject({ algorithm: 'rsaEncryptSign', bits: 2048 });
    expect(secret.subkeys.map((subkey) => subkey.getAlgorithmInfo())).toMatchObject([
      { algorithm: 'ecdsa', curve: 'nistP256' },
      { algorithm: 'ecdh', curve: 'nistP256' },
    ]);
    expect(secret.keyPacket.version).toBe(4);
  });
});

describe('messages', () => {
  it.each<ContainerForm>(['kontalk', 'openpgp'])('in the form of %s are read by all recipients', async (form) => {
    const sender = await libraryOf(olga, publicOf(ann), publicOf(ben));
    const message = await sealed(sender.openPgp, order([ann.fingerprint, ben.fingerprint], form));
    for (const own of [ann, ben]) {
      const { openPgp } = await libraryOf(own, publicOf(olga));
      expect(await openPgp.decrypt(message)).toEqual({
        ok: true,
        value: { plain, intact: true, signature: { kind: 'valid', signer: olga.fingerprint } },
      });
    }
    expect(await sender.openPgp.decrypt(message)).toMatchObject({ error: { kind: 'no-secret-key' } });
  });

  it('in the form of Kontalk are of version 1, compressed, signed with SHA-256 and a user id, whatever keys prefer', async () => {
    const eve = await otherKey({ config: { aeadProtect: true } });
    const { openPgp } = await libraryOf(olga, eve.toPublic());
    const seipd = enums.packet.symEncryptedIntegrityProtectedData;
    const preferred = await readMessage({ binaryMessage: await sealed(openPgp, order([printOf(eve)], 'openpgp')) });
    expect(preferred.packets.findPacket(seipd)).toMatchObject({ version: 2 });

    const message = await readMessage({ binaryMessage: await sealed(openPgp, order([printOf(eve)])) });
    expect(message.packets.findPacket(seipd)).toMatchObject({ version: 1 });
    const inside = await message.decrypt([eve]);
    expect(inside.packets).toHaveLength(1);
    expect(inside.packets[0]).toMatchObject({ algorithm: enums.compression.zip });
    const packets = inside.unwrapCompressed().packets;
    expect(packets).toHaveLength(3);
    expect(packets.findPacket(enums.packet.signature)).toMatchObject({
      version: 4,
      hashAlgorithm: enums.hash.sha256,
      signersUserID: 'Olga <olga@localhost>',
      signatureType: enums.signature.binary,
    });
  });

  it('encrypted with AES-192, as Kontalk does, are read even if the key does not ask for it', async () => {
    const eve = await otherKey();
    const read = { ...ann, secret: eve };
    const message = await encrypt({
      message: await createMessage({ binary: plain }),
      encryptionKeys: publicOf(ann),
      sessionKey: { data: new Uint8Array(24).fill(7), algorithm: 'aes192' },
      format: 'binary',
    });
    expect(read.fingerprint).toBe(ann.fingerprint);
    expect(await (await libraryOf(ann)).openPgp.decrypt(message)).toMatchObject({ ok: true });
  });
});
