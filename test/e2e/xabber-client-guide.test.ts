import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { clientUsers, HOST, texts } from './client-users.js';
import { inWorld } from './world.js';

/** Here all packages can be imported that a program needs which uses the client. */
const FOLDER = fileURLToPath(new URL('../../packages/client', import.meta.url));

const programIn = (page: string): string => {
  const text = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code]) => code).join('\n');
};

/** The README has a program for each scheme. */
const readmeProgram = (): string => {
  const text = readFileSync(new URL('../../packages/client/README.md', import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/^```js\n([\s\S]*?)^```$/gm)].flatMap(([, code]) => code ?? []);
  return blocks.find((code) => code.includes('xabberGroups(')) ?? '';
};

const world = inWorld('ejabberd by multicast');
const { user } = clientUsers(world);
const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Runs a program; `output` gives what it has printed so far. */
function run(program: string, env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: FOLDER,
    env: { ...process.env, ...env },
  });
  stops.push(() => child.kill());
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  return { output: () => text };
}

/** Juliet and Romeo use what the guide shows. */
const AROUND = `
const accountOf = (username) => ({ service: process.env.SERVICE, domain: 'localhost', username, password: 'pw' });
const juliet = open(accountOf(process.env.JULIET));
await juliet.xmpp.start();
const group = await enter(juliet.groups, 'localhost', process.env.GROUP);
const romeo = open(accountOf(process.env.ROMEO));
const lines = new Map();
show(romeo.groups, lines);
await romeo.xmpp.start();
console.log(await enter(romeo.groups, 'localhost', process.env.GROUP) === group);
const first = await say(juliet.groups, group, 'one');
keep(romeo.groups, group);
await romeo.xmpp.stop();
romeo.groups.close();
const second = await say(juliet.groups, group, 'two');
await juliet.groups.edit(group, second, 'three');
const again = open(accountOf(process.env.ROMEO));
show(again.groups, lines);
await comeBack(again);
await juliet.groups.retract(group, { stanzaId: first });
const { me: { id } } = await again.groups.join(group);
while (lines.has(first)) await new Promise((resolve) => again.groups.on('retracted', resolve));
console.log([...lines.values()].map(({ text }) => text).filter((text) => !text.startsWith('*')));
const { items, next } = await older(again.groups, group);
console.log(items.length, next);
console.log(await mute(juliet.groups, group, id, 300), await mute(again.groups, group, id, 300));
console.log(await attempt(say(again.groups, group, 'No')));
console.log(await attempt(again.groups.setSettings(group, { name: 'Mine' })));
await Promise.all([juliet.xmpp.stop(), again.xmpp.stop()]);
`;

describe('the documents on the client', () => {
  it('show a guide whose program runs', async () => {
    const [juliet, romeo] = [await world.person('juliet'), await world.person('romeo')];
    const { output } = run(programIn('docs/xabber-client.md') + AROUND, {
      SERVICE: `xmpp://127.0.0.1:${world.server.c2sPort}`,
      JULIET: juliet.name,
      ROMEO: romeo.name,
      GROUP: `Verona of ${juliet.name}`,
    });
    await expect
      .poll(() => output().split('\n'))
      .toEqual([
        'true',
        `[ '${juliet.bare}: three' ]`,
        '3 undefined',
        'true false',
        expect.stringMatching(/^could not send a message: You have no permission to write/),
        expect.stringMatching(/^could not change the settings: You are not allowed/),
        '',
      ]);
  });

  it('show a README whose program runs', async () => {
    const romeo = await user('romeo');
    const group = await romeo.groups.create(HOST, { localpart: 'verona', name: 'Verona' });
    await world.server.register('juliet', 'pw');
    const service = `xmpp://127.0.0.1:${world.server.c2sPort}`;
    const { output } = run(readmeProgram().replace('xmpp://localhost', service));
    await expect.poll(() => texts(romeo)).toEqual(['Hello']);
    await romeo.groups.send(group, 'Well met').outcome;
    await expect.poll(output).toMatch(/^stored$/m);
    await expect.poll(output).toMatch(/ Well met$/m);
  });
});
