import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GUIDE = readFileSync(new URL('../../docs/kontalk.md', import.meta.url), 'utf8');
const program = [...GUIDE.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code]) => code).join('\n');

/** Two accounts, a server that only stamps the sender, and a library that signs but hides nothing. */
const AROUND = `
const openPgpOf = (own) => ({
  encrypt: async (plain, { to, signer }) =>
    ({ ok: true, value: Buffer.from(JSON.stringify({ to, signer, plain: Buffer.from(plain).toString('base64') })) }),
  decrypt: async (bytes) => {
    const { to, signer, plain } = JSON.parse(Buffer.from(bytes).toString());
    return to.includes(own)
      ? { ok: true, value: { plain: Buffer.from(plain, 'base64'), intact: true, signature: { kind: 'valid', signer } } }
      : { ok: false, error: { kind: 'no-secret-key', reason: 'for others' } };
  },
  digest: async (bytes) => sha256(Buffer.from(bytes).toString('base64')),
});
const keysOf = (jid) => [{ fingerprint: sha256(jid), userIds: ['x <' + jid + '>'], standing: 'first', since: 0 }];
const wire = [];
const accountOf = (me, contacts) => ({
  me, contacts, keysOf, service: undefined, waiting: [], sent: new Map(),
  world: worldOf(me, undefined), openPgp: openPgpOf(sha256(me)),
  signer: { jid: me, fingerprint: sha256(me), userIds: keysOf(me)[0].userIds },
  show: (event) => console.log(me, event.kind, event.text ?? ''),
  send: (stanza) => wire.push({ ...stanza, attrs: { ...stanza.attrs, from: me + '/phone' } }),
});
const olga = accountOf('olga@example.net', []);
const ann = accountOf('ann@example.net', [olga.me]);
const deliver = async () => {
  while (wire.length > 0) {
    const stanza = wire.shift();
    console.log((await receive(stanza.attrs.to === ann.me ? ann : olga, stanza)).outcome);
  }
};
const group = await createGroup(olga, 'Sailing', [ann.me]);
await deliver();
ann.world = worldOf(ann.me, ann.saved);
await write(ann, group, 'Saturday?');
await deliver();
console.log(await write(ann, { ...group, id: 'other' }, 'x'));
`;

it('the guide for Kontalk groups shows a program that runs', async () => {
  const text = await new Promise((resolve) => {
    const args = ['--input-type=module', '--eval', program + AROUND];
    execFile(process.execPath, args, { cwd: ROOT }, (_, out, err) => resolve(out + err));
  });
  expect(text).toBe(
    [
      'ann@example.net joined ',
      'apply-command',
      'olga@example.net message Saturday?',
      'deliver',
      "{ reason: 'unknown-group' }",
      '',
    ].join('\n'),
  );
});
