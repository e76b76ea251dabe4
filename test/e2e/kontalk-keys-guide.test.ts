import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startEjabberd, type XmppServer } from '@xmpp-groups/harness';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** Here all packages can be imported that a program needs which uses the client. */
const FOLDER = fileURLToPath(new URL('../../packages/client', import.meta.url));
const GUIDE = readFileSync(new URL('../../docs/kontalk-keys.md', import.meta.url), 'utf8');
const program = [...GUIDE.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code]) => code).join('\n');

/** Juliet has two devices, and the second gets the key of the first only later. */
const AROUND = `
import { memoryState } from '@xmpp-groups/client';
const accountOf = (username) => ({ service: process.env.SERVICE, domain: 'localhost', username, password: 'pw' });
const start = async (name, state) => {
  const opened = await open(accountOf(name), name + '@localhost', state, 'a passphrase');
  await hearOfKeys(opened);
  await opened.xmpp.start();
  await opened.keys.announce();
  return opened;
};
const standings = (...of) => shown(...of).map((line) => line.replace(/[0-9A-F]{4} /g, ''));
const juliet = await start('juliet', memoryState());
const romeo = await start('romeo', memoryState());
await romeo.keys.fetch(juliet.me);
console.log(shown(romeo, juliet.me)[0].length, standings(romeo, juliet.me));
const phoneState = memoryState();
const phone = await start('juliet', phoneState);
await romeo.keys.fetch(juliet.me);
console.log(standings(romeo, juliet.me));
await confirm(romeo, juliet.me, phone.keys.signer.fingerprint.slice(-8));
console.log(standings(romeo, juliet.me));
const code = await juliet.keys.backup();
console.log(await moveIn(phone, 'AAAA', 'a passphrase'), await moveIn(phone, code, 'a passphrase'));
await phone.xmpp.stop();
const again = await open(accountOf('juliet'), juliet.me, phoneState, 'a passphrase');
console.log(again.keys.signer.fingerprint === juliet.keys.signer.fingerprint);
await Promise.all([juliet.xmpp.stop(), romeo.xmpp.stop()]);
`;

let server: XmppServer;
beforeAll(async () => {
  server = await startEjabberd();
  for (const name of ['juliet', 'romeo']) await server.register(name, 'pw');
});
afterAll(() => server.stop());

it('the guide to keys shows a program that runs', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program + AROUND], {
    cwd: FOLDER,
    env: { ...process.env, SERVICE: `xmpp://127.0.0.1:${server.c2sPort}` },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
  }
  const lines = [
    "55 [ 'first' ]",
    "[ 'first', 'unconfirmed' ]",
    "[ 'first', 'verified' ]",
    'false true',
    'true',
    '',
  ];
  try {
    await expect.poll(() => output.split('\n'), { timeout: 45_000 }).toEqual(lines);
  } finally {
    child.kill();
  }
});
