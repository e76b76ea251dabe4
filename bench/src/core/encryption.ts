import { generateOwnKey, keyLibrary, type OwnKey, writeOwnKey } from '@xmpp-groups/client/openpgp';
import { parseBareJid } from '@xmpp-groups/core/jid';
import { startGnuPg } from '@xmpp-groups/harness';
import { inParallel } from '../in-parallel.js';

/** Milliseconds for a message, by rounds. */
export interface EncryptionTimes {
  readonly own: readonly number[];
  readonly gpg: readonly number[];
}

const RECIPIENTS = 50;
const TEXT = Buffer.from('Shall we meet at the same place as last time? '.repeat(20));

function keyFor(place: number): Promise<OwnKey> {
  const jid = parseBareJid(`member${place}@example.net`);
  if (!jid.ok) throw new Error(jid.error.reason);
  return generateOwnKey(jid.value);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/**
 * A message of 1 KB is signed, and encrypted to 50 keys as Kontalk's clients have them, by the client of this
 * project (OpenPGP.js) and by gpg, in turns. The time of gpg includes the start of its process, as for everybody
 * who uses it.
 */
export async function encryptionTimes(rounds: number): Promise<EncryptionTimes> {
  const keys = await inParallel(
    Array.from({ length: RECIPIENTS + 1 }, (_, place) => place),
    4,
    keyFor,
  );
  const [signer, ...recipients] = keys;
  if (signer === undefined) throw new Error('nobody signs');
  const gpg = startGnuPg();
  try {
    await gpg.run(['--import'], await writeOwnKey(signer));
    for (const { bytes } of recipients) await gpg.run(['--import'], bytes);
    const library = keyLibrary(signer);
    for (const { bytes } of recipients) {
      const read = await library.read(bytes);
      if (!read.ok) throw new Error(read.error.reason);
      for (const key of read.value) await library.hold(key);
    }
    const to = recipients.map(({ fingerprint }) => fingerprint);
    const order = {
      to,
      signer: signer.fingerprint,
      userId: signer.userIds[0] ?? '',
      form: 'kontalk',
    } as const;
    const encryptHere = async (): Promise<void> => {
      const sealed = await library.openPgp.encrypt(TEXT, order);
      if (!sealed.ok) throw new Error(sealed.error.kind);
    };
    const named = to.flatMap((fingerprint) => ['--recipient', fingerprint]);
    const kontalk = ['--cipher-algo', 'AES192', '--compress-algo', 'zip', '--digest-algo', 'SHA256'];
    const encryptByGpg = () =>
      gpg.run([...kontalk, '--local-user', signer.fingerprint, '--sign', '--encrypt', ...named], TEXT);
    const times: { own: number[]; gpg: number[] } = { own: [], gpg: [] };
    for (let round = 0; round <= rounds; round += 1) {
      const pair = { own: await timed(encryptHere), gpg: await timed(encryptByGpg) };
      if (round === 0) continue;
      times.own.push(pair.own);
      times.gpg.push(pair.gpg);
    }
    return times;
  } finally {
    await gpg.stop();
  }
}
