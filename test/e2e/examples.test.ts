import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { clientUsers, texts } from './client-users.js';
import { GROUPS, inWorld, type Person } from './world.js';

const world = inWorld('ejabberd by multicast');
const { verona } = clientUsers(world);

const fileOf = (path: string): string => fileURLToPath(new URL(`../../examples/${path}`, import.meta.url));

const running: ChildProcess[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'close');
    child.kill();
    await ended;
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Starts an example with settings in its environment. `output` gives what it has printed so far. */
function start(path: string, env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [fileOf(path)], { env: { ...process.env, ...env } });
  running.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  return { output: () => text, child, ended: once(child, 'close') };
}

const account = ({ name, password }: Person) => ({ DOMAIN: 'localhost', NAME: name, PASSWORD: password });

describe('the examples', () => {
  it('import-core founds a group over its own connection, with the core alone', async () => {
    const juliet = await world.person('juliet');
    const { output, ended } = start('import-core/dist/main.js', {
      ...account(juliet),
      URL: world.server.websocketUrl,
      HOST: GROUPS,
    });
    await ended;
    expect(output().split('\n')).toEqual([
      'joined Verona',
      'stored: O <Romeo>',
      expect.stringMatching(/^in the archive: .*created/),
      'in the archive: O <Romeo>',
      'that is all',
      '',
    ]);
  });

  it('group-bot answers in a group, and later what was asked while it was away, in at most 40 lines', async () => {
    const { juliet, romeo, group } = await verona();
    const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-bot-'));
    folders.push(folder);
    const settings = {
      ...account(await world.person('bot')),
      SERVICE: `xmpp://127.0.0.1:${world.server.c2sPort}`,
      GROUP: group,
      POSITION: join(folder, 'position.json'),
    };
    const first = start('group-bot/bot.js', settings);
    await expect.poll(first.output).toBe(`In ${group}\n`);
    await juliet.groups.send(group, '!dice').outcome;
    await expect.poll(() => texts(romeo).at(-1)).toMatch(/^You rolled [1-6]$/);
    await romeo.groups.send(group, '!who').outcome;
    await expect.poll(() => texts(juliet).at(-1)).toMatch(/^(\w+@localhost(, )?){3}$/);
    const answered = texts(juliet).length;

    first.child.kill();
    await first.ended;
    await juliet.groups.send(group, 'Is it gone?').outcome;
    await juliet.groups.send(group, '!dice').outcome;
    const second = start('group-bot/bot.js', settings);
    const since = () => texts(juliet).slice(answered);
    await expect.poll(since).toContainEqual(expect.stringMatching(/^You rolled [1-6]$/));
    expect(since().slice(0, 2)).toEqual(['Is it gone?', '!dice']);
    expect(second.output()).not.toContain('Error');

    const lines = readFileSync(fileOf('group-bot/bot.js'), 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
  });
});
