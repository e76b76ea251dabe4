import {
  generateOwnKey,
  keyLibrary,
  type OwnKey,
  readOwnKey,
  writeOwnKey,
} from '@xmpp-groups/client/openpgp';
import type { BareJid } from '@xmpp-groups/core/jid';
import {
  type ContainerForm,
  chooseKeys,
  containerElements,
  containerIn,
  type Draft,
  type KnownKey,
  open,
  readContent,
  seal,
  writeKontalk,
  writeOpenPgp,
} from '@xmpp-groups/core/kontalk';
import { xml } from '@xmpp-groups/core/xml';
import { bare, type GnuPg, startGnuPg } from '@xmpp-groups/harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const AT = Date.UTC(2026, 10, 21, 7, 8, 30);
const OLGA = bare('olga@example.net');
const others = Array.from({ length: 10 }, (_, place) => bare(`member${place}@example.net`));
const everybody = [OLGA, ...others];
const draft: Draft = {
  id: 'Xk3',
  payload: [
    xml('body', { xmlns: 'jabber:client' }, [`Saturday, Grüße 🛶 ${'and so on '.repeat(500)}`]),
    xml('group', { xmlns: 'http://kontalk.org/extensions/message#group', id: 'k3', owner: OLGA }),
  ],
  at: AT,
  padding: 'some padding',
};
const forms = ['kontalk', 'openpgp'] as const;
const cases = forms.flatMap((form) => [2, 10].map((count) => [form, count] as const));

/** People, each with a key, all of which GnuPG has, too, and a library of the own. */
interface People {
  readonly gpg: GnuPg;
  readonly keys: ReadonlyMap<BareJid, OwnKey>;
}

const keyOf = ({ keys }: People, jid: BareJid): OwnKey => {
  const key = keys.get(jid);
  if (key === undefined) throw new Error(`${jid} has no key`);
  return key;
};

const knownOf = (people: People, jid: BareJid): readonly KnownKey[] => {
  const { fingerprint, userIds } = keyOf(people, jid);
  return [{ fingerprint, userIds, standing: 'first', since: 0 }];
};

async function libraryOf(people: People, jid: BareJid) {
  const library = keyLibrary(keyOf(people, jid));
  for (const { bytes } of people.keys.values()) {
    const read = await library.read(bytes);
    if (!read.ok) throw new Error(read.error.reason);
    for (const key of read.value) await library.hold(key);
  }
  return library.openPgp;
}

/** What Olga writes, as bytes of OpenPGP made here. */
async function sealedHere(people: People, form: ContainerForm, to: readonly BareJid[]): Promise<Uint8Array> {
  const chosen = chooseKeys(to, (jid) => knownOf(people, jid), form);
  if (!chosen.ok) throw new Error(chosen.error.kind);
  const { fingerprint, userIds } = keyOf(people, OLGA);
  const signer = { jid: OLGA, fingerprint, userIds };
  const sealed = await seal(draft, form, chosen.value, signer, await libraryOf(people, OLGA));
  const message = sealed.ok ? containerIn(sealed.value)?.message : undefined;
  if (message === undefined) throw new Error('not sealed');
  return message;
}

/** GnuPG reads it: with the secret key of each recipient, and the content is what was written. */
async function readByGnuPg(people: People, form: ContainerForm, to: readonly BareJid[]): Promise<void> {
  const message = await sealedHere(people, form, to);
  const { output, status } = await people.gpg.run(['--decrypt'], message);
  const content = readContent(output.toString(), form);
  expect(content).toMatchObject({ ok: true, value: { to, at: AT, content: { payload: draft.payload } } });
  const words = status.map((line) => line.split(' ')[0]);
  expect(words.filter((word) => word === 'ENC_TO')).toHaveLength(to.length);
  expect(words).toEqual(expect.arrayContaining(['GOODMDC', 'DECRYPTION_OKAY', 'GOODSIG']));
  const valid = status.find((line) => line.startsWith('VALIDSIG ')) ?? '';
  expect(valid.endsWith(keyOf(people, OLGA).fingerprint)).toBe(true);
}

/** What Olga writes, encrypted and signed by GnuPG in the way of Kontalk, is read by each recipient here. */
async function readHere(people: People, form: ContainerForm, to: readonly BareJid[]): Promise<void> {
  const userIdOf = (jid: BareJid): string => keyOf(people, jid).userIds[0] ?? '';
  const text =
    form === 'kontalk' ? writeKontalk(draft, userIdOf(OLGA), to.map(userIdOf)) : writeOpenPgp(draft, to);
  const recipients = to.flatMap((jid) => ['--recipient', keyOf(people, jid).fingerprint]);
  const kontalk = ['--cipher-algo', 'AES192', '--compress-algo', 'zip', '--digest-algo', 'SHA256'];
  const { output } = await people.gpg.run(
    [...(form === 'kontalk' ? kontalk : []), '--local-user', OLGA, '--sign', '--encrypt', ...recipients],
    Buffer.from(text),
  );
  const payload = containerElements(form, new Uint8Array(output));
  const keysOf = (jid: BareJid): readonly KnownKey[] => knownOf(people, jid);
  for (const me of to) {
    const opened = await open(payload, { from: OLGA, me, at: AT, keysOf }, await libraryOf(people, me));
    expect(opened).toMatchObject({
      fault: undefined,
      signer: keyOf(people, OLGA).fingerprint,
      signedAt: AT,
      content: { payload: draft.payload },
    });
  }
  const changed = output.map((byte, at) => (at === output.length - 30 ? byte ^ 1 : byte));
  const [me = OLGA] = to;
  const opened = await open(
    containerElements(form, new Uint8Array(changed)),
    { from: OLGA, me, at: AT, keysOf },
    await libraryOf(people, me),
  );
  expect(opened?.fault).toBe('tampered');
}

describe('with GnuPG and keys made here', () => {
  let people: People;

  beforeAll(async () => {
    const gpg = startGnuPg();
    const keys = new Map<BareJid, OwnKey>();
    people = { gpg, keys };
    for (const jid of everybody) {
      const key = await generateOwnKey(jid, { name: jid.slice(0, jid.indexOf('@')) });
      keys.set(jid, key);
      await gpg.run(['--import'], await writeOwnKey(key));
    }
  });
  afterAll(() => people.gpg.stop());

  it('keys are imported whole, with their user ids and the uses of their subkeys', async () => {
    const { output } = await people.gpg.run(['--with-colons', '--fingerprint', '--list-secret-keys', OLGA]);
    const rows = output
      .toString()
      .split('\n')
      .map((row) => row.split(':'));
    const { fingerprint, userIds } = keyOf(people, OLGA);
    expect(rows.filter(([kind]) => kind === 'uid').map((row) => row[9]?.replace('\\x3a', ':'))).toEqual(
      userIds,
    );
    expect(rows.find(([kind]) => kind === 'fpr')?.[9]).toBe(fingerprint);
    const uses = rows.filter(([kind]) => kind === 'ssb').map((row) => [row[11], row[16]]);
    expect(uses).toEqual([
      ['s', 'nistp256'],
      ['e', 'nistp256'],
    ]);
  });

  it.each(cases)('what is sealed here in the form of %s for %i is read by GnuPG', async (form, count) => {
    await readByGnuPg(people, form, others.slice(0, count));
  });

  it.each(cases)('what GnuPG seals in the form of %s for %i is read here', async (form, count) => {
    await readHere(people, form, others.slice(0, count));
  });
});

describe('with GnuPG and its own keys', () => {
  let people: People;

  beforeAll(async () => {
    const gpg = startGnuPg();
    const keys = new Map<BareJid, OwnKey>();
    people = { gpg, keys };
    for (const jid of everybody) {
      const { status } = await gpg.run([
        '--quick-gen-key',
        `${jid.slice(0, 3)} <${jid}>`,
        'rsa2048',
        'cert',
        'never',
      ]);
      const fingerprint = status.find((line) => line.startsWith('KEY_CREATED'))?.split(' ')[2] ?? '';
      await gpg.run(['--quick-add-key', fingerprint, 'nistp256/ecdsa', 'sign', 'never']);
      await gpg.run(['--quick-add-key', fingerprint, 'nistp256/ecdh', 'encr', 'never']);
      await gpg.run(['--allow-freeform-uid', '--quick-add-uid', fingerprint, `xmpp:${jid}`]);
      const { output } = await gpg.run(['--armor', '--export-secret-keys', fingerprint]);
      const own = await readOwnKey(output.toString());
      if (!own.ok) throw new Error(own.error.reason);
      keys.set(jid, own.value);
    }
  });
  afterAll(() => people.gpg.stop());

  it.each(cases)('what is sealed here in the form of %s for %i is read by GnuPG', async (form, count) => {
    await readByGnuPg(people, form, others.slice(0, count));
  });

  it.each(cases)('what GnuPG seals in the form of %s for %i is read here', async (form, count) => {
    await readHere(people, form, others.slice(0, count));
  });
});
