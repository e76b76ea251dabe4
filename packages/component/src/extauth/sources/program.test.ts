import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { request } from '../../../test/extauth-requests.js';
import { askingProgram } from './program.js';

let folder: string;
const signal = new AbortController().signal;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'extauth-program-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Asks a program whose text this is; its first argument is a file that it may write to. */
function asking(text: string, until = signal) {
  const path = join(folder, 'program.mjs');
  const notes = join(folder, 'notes');
  writeFileSync(path, text);
  const source = askingProgram([process.execPath, path, notes]);
  const note = (): string => (existsSync(notes) ? readFileSync(notes, 'utf8') : '');
  return { note, ask: (what: string) => source(request(what), until) };
}

const WRITES_DOWN = `
  import { readFileSync, writeFileSync } from 'node:fs';
  writeFileSync(process.argv[2], JSON.stringify([process.argv.slice(3), readFileSync(0, 'utf8')]));`;

const HANGS = `
  import { spawn } from 'node:child_process';
  import { writeFileSync } from 'node:fs';
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  writeFileSync(process.argv[2], process.pid + ' ' + child.pid);
  setInterval(() => {}, 1000);`;

/** Nothing is left of a process but, for a while, its entry (proc(5)). */
const isRunning = (pid: string): boolean => {
  const commandLine = `/proc/${pid}/cmdline`;
  return existsSync(commandLine) && readFileSync(commandLine, 'utf8') !== '';
};

describe('askingProgram', () => {
  it.each([
    [
      'auth:Romeo:example.com:a:"b" $HOME',
      { operation: 'auth', user: 'romeo', host: 'example.com', password: 'a:"b" $HOME' },
    ],
    ['isuser:ромео:h', { operation: 'isuser', user: 'ромео', host: 'h' }],
  ])('puts the question %s as a line on standard input, and nowhere else', async (text, question) => {
    const { ask, note } = asking(WRITES_DOWN);
    expect(await ask(text)).toBe(true);
    const [args, input] = JSON.parse(note());
    expect(args).toEqual([]);
    expect(input).toMatch(/\n$/);
    expect(JSON.parse(input)).toEqual(question);
  });

  it.each([
    [0, true],
    [1, false],
  ])('takes exit code %i for %s, also when its input is not read', async (code, answer) => {
    const { ask } = asking(`process.exit(${code})`);
    expect(await ask(`auth:r:h:${'x'.repeat(60_000)}`)).toBe(answer);
  });

  it.each([
    ['process.exit(2)', /ended with exit code 2$/],
    ["process.kill(process.pid, 'SIGTERM')", /ended with SIGTERM$/],
  ])('takes the end of %j for a fault', async (text, says) => {
    const { ask } = asking(text);
    const answer = await ask('auth:r:h:hidden').catch((error: unknown) => error);
    expect(answer).toMatchObject({ message: expect.stringMatching(says) });
    expect(String(answer)).not.toContain('hidden');
  });

  it('says so when there is no such program', async () => {
    await expect(askingProgram(['/nowhere/at/all'])(request('isuser:r:h'), signal)).rejects.toThrow(
      /^extauth\.program: \/nowhere\/at\/all cannot be run \(.*ENOENT.*\); correct its path$/,
    );
  });

  it('kills it, and what it has started, when the time is over', async () => {
    const ending = new AbortController();
    const { ask, note } = asking(HANGS, ending.signal);
    const asked = ask('isuser:r:h');
    await expect.poll(note).toMatch(/^\d+ \d+$/);
    ending.abort();
    await expect(asked).rejects.toThrow(/ended with SIGKILL$/);
    await expect.poll(() => note().split(' ').filter(isRunning)).toEqual([]);
  });
});
