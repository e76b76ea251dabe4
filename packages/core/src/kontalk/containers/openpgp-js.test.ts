import { createMessage, encrypt, enums, type PrivateKey, readMessage } from 'openpgp';
import { describe, expect, it } from 'vitest';
import type { BareJid } from '../../jid/index.js';
import { bare } from '../../testing/jids.js';
import { elementIn } from '../../testing/table.js';
import { chooseKeys } from '../keys/choose-keys.js';
import { knownKeyOf, kontalkShapedKey, openPgpJs, printOf } from '../testing/openpgp-js.js';
import type { Arrival } from './checks.js';
import { containerElements, containerIn } from './container.js';
import { type Draft, writeKontalk } from './content.js';
import { open } from './open.js';
import type { ContainerForm } from './open-pgp.js';
import { seal } from './seal.js';

const people = Array.from({ length: 12 }, (_, place) => bare(`u${place}@example.net`));
const secrets = new Map<BareJid, PrivateKey>(
  await Promise.all(people.map(async (jid) => [jid, await kontalkShapedKey(jid)] as const)),
);
const secretOf = (jid: BareJid): PrivateKey => {
  const key = secrets.get(jid);
  if (key === undefined) throw new Error(`${jid} has no key`);
  return key;
};
const [sender = bare('u0@example.net'), ...others] = people;
const eve = others.at(-1) ?? sender;
const everybody = [...secrets.values()].map((key) => key.toPublic());
const keysOf = (jid: BareJid) => [knownKeyOf(secretOf(jid).toPublic())];
const libraryOf = (jid: BareJid) => openPgpJs([secretOf(jid)], everybody);

const AT = Date.UTC(2026, 10, 21, 7, 8, 30);
const draft: Draft = {
  id: 'Xk3',
  payload: [
    elementIn("<body xmlns='jabber:client'>Saturday, Grüße 🛶</body>"),
    elementIn("<group xmlns='http://kontalk.org/extensions/message#group' id='k3' owner='u0@example.net'/>"),
  ],
  at: AT,
  padding: 'some padding',
};
const arrivalAt = (me: BareJid): Arrival => ({ from: sender, me, at: AT, keysOf, seen: () => false });

async function sealedFor(recipients: readonly BareJid[], form: ContainerForm) {
  const keys = chooseKeys(recipients, keysOf, form);
  const signer = { jid: sender, ...knownKeyOf(secretOf(sender).toPublic()) };
  const sealed = keys.ok ? await seal(draft, form, keys.value, signer, libraryOf(sender)) : keys;
  if (!sealed.ok) throw new Error(sealed.error.kind);
  return sealed.value;
}

describe.each<[ContainerForm, number]>([
  ['kontalk', 2],
  ['kontalk', 10],
  ['openpgp', 2],
  ['openpgp', 10],
])('OpenPGP.js with keys like those of Kontalk, in the form of %s for %i', (form, count) => {
  const recipients = others.slice(0, count);

  it('encrypts once for all of them, and each can read it', async () => {
    const payload = await sealedFor(recipients, form);
    const message = await readMessage({ binaryMessage: containerIn(payload)?.message ?? new Uint8Array() });
    expect(message.getEncryptionKeyIDs()).toHaveLength(count);
    for (const me of recipients) {
      const opened = await open(payload, arrivalAt(me), libraryOf(me));
      expect(opened).toMatchObject({ fault: undefined, signer: printOf(secretOf(sender)), signedAt: AT });
      expect(opened?.content).toMatchObject({ kind: 'message', payload: draft.payload });
    }
    expect((await open(payload, arrivalAt(eve), libraryOf(eve)))?.fault).toBe('undecryptable');
  });
});

describe('the packets in the form of Kontalk (reference 4.1)', () => {
  it('are encrypted with the subkeys, of version 1 with MDC, compressed with ZIP, signed once by the subkey', async () => {
    const [ann = eve] = others;
    const payload = await sealedFor([ann], 'kontalk');
    const message = await readMessage({ binaryMessage: containerIn(payload)?.message ?? new Uint8Array() });
    const subkeys = secretOf(ann).subkeys.map((subkey) => subkey.getKeyID().toHex());
    expect(message.getEncryptionKeyIDs().map((id) => id.toHex())).toEqual([subkeys[1]]);
    const seipd = message.packets.findPacket(enums.packet.symEncryptedIntegrityProtectedData);
    expect(seipd).toMatchObject({ version: 1 });
    const inside = await message.decrypt([secretOf(ann)]);
    expect(inside.packets.map((packet) => Object.getPrototypeOf(packet).constructor.tag)).toEqual([
      enums.packet.compressedData,
    ]);
    expect(inside.packets[0]).toMatchObject({ algorithm: enums.compression.zip });
    expect(inside.getSigningKeyIDs().map((id) => id.toHex())).toEqual([
      secretOf(sender).subkeys[0]?.getKeyID().toHex(),
    ]);
  });
});

describe('what attackers make with a real library', () => {
  const [ann = eve, ben = eve] = others;
  const text = writeKontalk(draft, `u0 <${sender}>`, [`u1 <${ann}>`]);
  const made = async (to: BareJid, signingKeys: PrivateKey[], content = text) =>
    containerElements(
      'kontalk',
      await encrypt({
        message: await createMessage({ binary: Buffer.from(content) }),
        encryptionKeys: secretOf(to).toPublic(),
        signingKeys,
        format: 'binary',
      }),
    );
  const faultOf = async (payload: Parameters<typeof open>[0], me = ann, library = libraryOf(me)) =>
    (await open(payload, arrivalAt(me), library))?.fault;

  it('is found out', async () => {
    expect(await faultOf(await made(ann, [secretOf(sender)]))).toBe(undefined);
    expect(await faultOf(await made(ann, []))).toBe('unsigned');
    expect(await faultOf(await made(ann, [secretOf(eve)]))).toBe('wrong-signer');
    expect(await faultOf(await made(ann, [secretOf(eve)]), ann, openPgpJs([secretOf(ann)], []))).toBe(
      'no-key',
    );
    expect(await faultOf(await made(ben, [secretOf(sender)]), ben)).toBe('wrong-recipient');
    expect(await faultOf(await made(ann, [secretOf(sender)], text.replace(`<${sender}>`, `<${eve}>`)))).toBe(
      'wrong-sender',
    );
  });

  it('is not read when a bit of it was changed', async () => {
    const message = containerIn(await sealedFor([ann], 'kontalk'))?.message ?? new Uint8Array();
    for (const place of [message.length - 1, message.length - 100]) {
      const changed = message.map((byte, at) => (at === place ? byte ^ 1 : byte));
      expect(await faultOf(containerElements('kontalk', changed))).toBe('tampered');
    }
  });

  it('is not read when it is cut off, or no message', async () => {
    const message = containerIn(await sealedFor([ann], 'kontalk'))?.message ?? new Uint8Array();
    for (const bytes of [
      message.slice(0, 200),
      message.slice(0, 5),
      new Uint8Array(),
      Uint8Array.of(0xff, 1, 2),
    ]) {
      expect(['undecryptable', 'tampered']).toContain(await faultOf(containerElements('kontalk', bytes)));
    }
  });
});
