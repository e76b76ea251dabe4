import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { inKontalkWorld } from './kontalk-world.js';

/** Here all packages can be imported that the program needs. */
const FOLDER = fileURLToPath(new URL('../../packages/client', import.meta.url));
const README = readFileSync(join(FOLDER, 'README.md'), 'utf8');
const program = [...README.matchAll(/^```js\n([\s\S]*?)^```$/gm)]
  .flatMap(([, code]) => code ?? [])
  .filter((code) => code.includes('kontalkGroups('))
  .join('\n');

const world = inKontalkWorld('ejabberd with multicast');
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

it('the README of the client shows a program for Kontalk groups that runs', async () => {
  const ann = await world.user('ann', true);
  await world.server.register('olga', 'pw');
  const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-readme-'));
  const here = program
    .replace('xmpp://localhost', `xmpp://127.0.0.1:${world.server.c2sPort}`)
    .replace('ann@localhost', ann.jid)
    .replace('./olga.db', join(folder, 'olga.db'));
  const child = spawn(process.execPath, ['--input-type=module', '--eval', here], { cwd: FOLDER });
  ends.push(() => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
  }
  await expect.poll(() => output, { timeout: 45_000 }).toBe('taken\n');
  await expect.poll(() => ann.told).toContain('Saturday?');
  const [group] = await ann.groups.list();
  if (group === undefined) throw new Error('Ann is in no group');
  await ann.groups.send(group.group, 'Sunday');
  await expect.poll(() => output).toMatch(new RegExp(`^taken\n${ann.jid}/\\S+ Sunday\n$`));
});
