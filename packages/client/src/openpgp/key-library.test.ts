import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import type { ContainerForm, EncryptOrder, OpenPgp } from '@xmpp-groups/core/kontalk';
import {
  createMessage,
  decrypt,
  encrypt,
  enums,
  generateKey,
  type PrivateKey,
  type PublicKey,
  readMessage,
  revokeKey,
  sign,
  UserIDPacket,
} from 'openpgp';
import { describe, expect, it } from 'vitest';
import { memoryState } from '../kontalk/state-port.js';
import {
  generateOwnKey,
  keepOwnKey,
  keptOwnKey,
  keyLibrary,
  type OwnKey,
  readOwnKey,
  readPublicKeys,
} from './index.js';

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
  it.each<ContainerForm>(['kontalk', 'openpgp'])(
    'in the form of %s are read by all recipients',
    async (form) => {
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
    },
  );

  it('in the form of Kontalk are of version 1, compressed, signed with SHA-256 and a user id, whatever keys prefer', async () => {
    const eve = await otherKey({ config: { aeadProtect: true } });
    const { openPgp } = await libraryOf(olga, eve.toPublic());
    const seipd = enums.packet.symEncryptedIntegrityProtectedData;
    const preferred = await readMessage({
      binaryMessage: await sealed(openPgp, order([printOf(eve)], 'openpgp')),
    });
    expect(preferred.packets.findPacket(seipd)).toMatchObject({ version: 2 });

    const binaryMessage = await sealed(openPgp, order([printOf(eve)]));
    const message = await readMessage({ binaryMessage });
    expect(message.packets.findPacket(seipd)).toMatchObject({ version: 1 });
    const inside = await message.decrypt([eve]);
    expect(inside.packets).toHaveLength(1);
    expect(inside.packets[0]).toMatchObject({ algorithm: enums.compression.zip });
    const { signatures } = await decrypt({
      message: await readMessage({ binaryMessage }),
      decryptionKeys: eve,
      format: 'binary',
    });
    expect(signatures).toHaveLength(1);
    const userId = Buffer.from('Olga <olga@localhost>');
    expect((await signatures[0]?.signature)?.packets[0]).toMatchObject({
      version: 4,
      hashAlgorithm: enums.hash.sha256,
      signatureType: enums.signature.binary,
      unhashedSubpackets: expect.arrayContaining([
        { type: 28, critical: false, body: new Uint8Array(userId) },
      ]),
    });
  });

  it('encrypted with AES-192, as Kontalk does, are read even by a key that does not ask for it', async () => {
    const plainKey = await readOwnKey((await otherKey()).write());
    if (!plainKey.ok) throw new Error(plainKey.error.reason);
    const message = await encrypt({
      message: await createMessage({ binary: plain }),
      encryptionKeys: publicOf(plainKey.value),
      signingKeys: olga.secret,
      sessionKey: { data: new Uint8Array(24).fill(7), algorithm: 'aes192' },
      format: 'binary',
    });
    const { openPgp } = await libraryOf(plainKey.value, publicOf(olga));
    expect(await openPgp.decrypt(message)).toMatchObject({ value: { signature: { kind: 'valid' } } });
  });

  it('have a digest that says what they are', async () => {
    const { openPgp } = await libraryOf(olga);
    expect(await openPgp.digest(new Uint8Array())).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
  });
});

describe('keys that cannot be used', () => {
  const yesterday = new Date(Date.now() - 86_400_000);

  it.each<[string, () => Promise<PublicKey>]>([
    ['is expired', async () => (await otherKey({ date: yesterday, keyExpirationTime: 3600 })).toPublic()],
    ['is revoked', async () => (await revokeKey({ key: await otherKey(), format: 'object' })).publicKey],
    ['only signs', async () => (await otherKey({ subkeys: [] })).toPublic()],
    [
      'is too weak',
      async () => (await otherKey({ type: 'rsa', rsaBits: 1024, config: { minRSABits: 1024 } })).toPublic(),
    ],
  ])('are named when one %s', async (_, made) => {
    const key = await made();
    const { openPgp } = await libraryOf(olga, key, publicOf(ann));
    for (const form of ['kontalk', 'openpgp'] as const) {
      expect(
        await openPgp.encrypt(plain, order([ann.fingerprint, printOf(key), ben.fingerprint], form)),
      ).toEqual({
        ok: false,
        error: { kind: 'unusable-key', keys: [printOf(key), ben.fingerprint] },
      });
    }
  });

  it('are named when it is the own one', async () => {
    const { openPgp } = await libraryOf(olga, publicOf(ann));
    expect(await openPgp.encrypt(plain, { ...order([ann.fingerprint]), signer: ann.fingerprint })).toEqual({
      ok: false,
      error: { kind: 'no-signer', keys: [ann.fingerprint] },
    });
    const expired = await readOwnKey((await otherKey({ date: yesterday, keyExpirationTime: 3600 })).write());
    if (!expired.ok) throw new Error(expired.error.reason);
    const { fingerprint } = expired.value;
    const library = await libraryOf(expired.value, publicOf(ann));
    expect(
      await library.openPgp.encrypt(plain, { ...order([ann.fingerprint]), signer: fingerprint }),
    ).toEqual({
      ok: false,
      error: { kind: 'no-signer', keys: [fingerprint] },
    });
  });

  it('are found out when a revocation comes later', async () => {
    const eve = await otherKey();
    const library = await libraryOf(olga, eve.toPublic());
    expect(await library.openPgp.encrypt(plain, order([printOf(eve)]))).toMatchObject({ ok: true });
    const { publicKey } = await revokeKey({ key: eve, format: 'object' });
    const read = await library.read(publicKey.write());
    for (const key of read.ok ? read.value : []) await library.hold(key);
    expect(await library.openPgp.encrypt(plain, order([printOf(eve)]))).toMatchObject({ ok: false });
    library.drop(printOf(eve));
    expect(await library.openPgp.encrypt(plain, order([printOf(eve)]))).toMatchObject({ ok: false });
  });
});

describe('what attackers make', () => {
  const made = async (signingKeys: PrivateKey[], binary: Uint8Array = plain): Promise<Uint8Array> =>
    encrypt({
      message: await createMessage({ binary }),
      encryptionKeys: publicOf(ann),
      signingKeys,
      format: 'binary',
      config: { preferredCompressionAlgorithm: enums.compression.zip },
    });
  const opened = async (message: Uint8Array, ...known: PublicKey[]) =>
    (await libraryOf(ann, ...known)).openPgp.decrypt(message);

  it('is unsigned, or signed by who is not known', async () => {
    expect(await opened(await made([]))).toMatchObject({ value: { signature: { kind: 'none' } } });
    const [signing] = olga.secret.subkeys;
    expect(await opened(await made([olga.secret]))).toMatchObject({
      value: { signature: { kind: 'unknown-key', keyId: signing?.getKeyID().toHex() } },
    });
  });

  it('is one more signature, under which that of the sender still counts', async () => {
    const message = await made([ben.secret, olga.secret]);
    expect(await opened(message, publicOf(olga))).toMatchObject({
      value: { signature: { kind: 'valid', signer: olga.fingerprint } },
    });
  });

  it('is signed with a key that was revoked', async () => {
    const eve = await otherKey();
    const { publicKey } = await revokeKey({ key: eve, format: 'object' });
    expect(await opened(await made([eve]), publicKey)).toMatchObject({
      value: { signature: { kind: 'invalid' } },
    });
  });

  it('is a signature over text, which would let the ends of lines be changed', async () => {
    const message = await encrypt({
      message: await createMessage({ text: 'a\nb' }),
      encryptionKeys: publicOf(ann),
      signingKeys: olga.secret,
      format: 'binary',
    });
    expect(await opened(message, publicOf(olga))).toMatchObject({
      value: { signature: { kind: 'invalid' } },
    });
  });

  it("is a key with the subkey of another in it: it neither signs as him nor hides the other's key", async () => {
    const eve = (await otherKey()).toPublic();
    eve.subkeys.push(...publicOf(olga).subkeys);
    const message = await made([olga.secret]);
    expect(await opened(message, eve)).toMatchObject({ value: { signature: { kind: 'invalid' } } });
    expect(await opened(message, eve, publicOf(olga))).toMatchObject({
      value: { signature: { kind: 'valid', signer: olga.fingerprint } },
    });
  });

  it('is a key with the user id of another put to it', async () => {
    const forged = (await otherKey()).toPublic();
    const [user] = forged.users;
    const named = user?.clone();
    if (named === undefined) throw new Error('nobody');
    Object.assign(named, { userID: UserIDPacket.fromObject({ name: 'xmpp:olga@localhost' }) });
    forged.users.push(named);
    expect(forged.getUserIDs()).toEqual(['xmpp:eve@localhost', 'xmpp:olga@localhost']);
    expect(await readPublicKeys(forged.write())).toMatchObject({
      value: [{ userIds: ['xmpp:eve@localhost'] }],
    });
  });

  it('is a small message that stands for a very large one', async () => {
    const message = await made([olga.secret], new Uint8Array(2_000_000));
    expect(message.length).toBeLessThan(10_000);
    expect(await opened(message)).toMatchObject({ error: { kind: 'malformed' } });
  });

  it('is changed at any place', async () => {
    const message = await made([olga.secret]);
    const eve = await otherKey({ config: { aeadProtect: true } });
    const withAead = await encrypt({
      message: await createMessage({ binary: plain }),
      encryptionKeys: eve.toPublic(),
      format: 'binary',
    });
    const eveKey = await readOwnKey(eve.write());
    if (!eveKey.ok) throw new Error(eveKey.error.reason);
    const messages: readonly (readonly [OwnKey, Uint8Array])[] = [
      [ann, message],
      [eveKey.value, withAead],
    ];
    for (const [own, whole] of messages) {
      const { openPgp } = await libraryOf(own);
      for (const place of [1, 20, 60]) {
        const changed = whole.map((byte, at) => (at === whole.length - place ? byte ^ 1 : byte));
        expect(await openPgp.decrypt(changed)).toMatchObject({ error: { kind: 'tampered' } });
      }
    }
  });

  it.each<[string, () => Promise<Uint8Array>]>([
    ['nothing', async () => new Uint8Array()],
    ['noise', async () => Uint8Array.of(0xff, 1, 2, 3)],
    [
      'in clear',
      async () =>
        sign({ message: await createMessage({ binary: plain }), signingKeys: olga.secret, format: 'binary' }),
    ],
    ['cut off', async () => (await made([olga.secret])).slice(0, 5)],
    ['a key', async () => olga.bytes],
  ])('is no message: %s', async (_, message) => {
    expect(await opened(await message())).toMatchObject({ error: { kind: 'malformed' } });
  });

  it.each<[string, Uint8Array]>([
    ['no keyring', Uint8Array.of(1, 2, 3)],
    ['a keyring that is too large', new Uint8Array(300_000)],
  ])('is %s', async (_, bytes) => {
    expect(await readPublicKeys(bytes)).toMatchObject({ ok: false });
  });
});

describe('the own key, kept', () => {
  it('is made once, and read again, with its passphrase only', async () => {
    const state = memoryState();
    const jid = bare('olga@localhost');
    const made = await keptOwnKey(state, jid, { name: 'Olga', passphrase: 'correct horse' });
    expect((await keptOwnKey(state, jid, { passphrase: 'correct horse' })).fingerprint).toBe(
      made.fingerprint,
    );
    for (const options of [{}, { passphrase: 'wrong' }]) {
      await expect(keptOwnKey(state, jid, options)).rejects.toMatchObject({ condition: 'state' });
    }
    const library = await libraryOf(
      await keptOwnKey(state, jid, { passphrase: 'correct horse' }),
      publicOf(ann),
    );
    expect(
      await library.openPgp.encrypt(plain, { ...order([ann.fingerprint]), signer: made.fingerprint }),
    ).toMatchObject({ ok: true });
  });

  it('can be another, such as one from a backup', async () => {
    const state = memoryState();
    await keepOwnKey(state, bare('ann@localhost'), ann);
    expect((await keptOwnKey(state, bare('ann@localhost'))).fingerprint).toBe(ann.fingerprint);
  });

  it('is not replaced when it cannot be read', async () => {
    const load = () => Promise.reject(new Error('no disk'));
    const jid = bare('ann@localhost');
    await expect(keptOwnKey({ ...memoryState(), load }, jid)).rejects.toMatchObject({ condition: 'state' });
    await expect(keptOwnKey({ ...memoryState(), save: load }, jid)).rejects.toMatchObject({
      condition: 'state',
    });
    await expect(
      keptOwnKey({ ...memoryState(), load: () => Promise.resolve('?') }, jid),
    ).rejects.toMatchObject({ condition: 'state' });
  });
});
