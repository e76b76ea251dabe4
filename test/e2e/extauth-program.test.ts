import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from './extauth-world.js';

const PROGRAM = fileURLToPath(new URL('../../packages/component/bin/xmpp-groups.js', import.meta.url));

/** script(1), a part of every Debian: gives a program a terminal of its own. */
const SCRIPT = '/usr/bin/script';

let folder: string;
let config: string;

const write = (extauth: object): void => {
  const settings = {
    component: { domain: 'example.com' },
    storage: { url: `sqlite:${join(folder, 'groups.db')}` },
    log: { level: 'debug' },
    extauth: { hosts: ['example.com'], accounts: 'store', ...extauth },
  };
  writeFileSync(config, JSON.stringify(settings));
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-extauth-'));
  config = join(folder, 'groups.yml');
  write({});
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (args: readonly string[], input?: string | Uint8Array) =>
  runProgram([...args, '--config', config], input);

const framed = (text: string): Buffer => {
  const content = Buffer.from(text);
  return Buffer.concat([Buffer.of(content.length >> 8, content.length & 255), content]);
};

const YES = [0, 2, 0, 1];
const NO = [0, 2, 0, 0];

describe('xmpp-groups extauth', () => {
  it('writes answers to standard output, and everything else to standard error', async () => {
    await run(['account', 'add', 'romeo'], 'geheim\n');
    const requests = [
      'auth:romeo:example.com:geheim',
      'nonsense',
      'auth:romeo:example.com:x',
      'isuser:romeo:example.com',
    ];
    const { code, bytes, err } = await run(['extauth'], Buffer.concat(requests.map(framed)));
    expect([code, [...bytes]]).toEqual([0, [...YES, ...NO, ...NO, ...YES]]);
    const messages = err
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line).msg);
    expect(messages).toEqual([
      'answering for example.com',
      'answered',
      'refused a request: its operation is not known',
      'answered',
      'answered',
      'stopped',
    ]);
    expect(err).not.toContain('geheim');
  });

  it('keeps what a program of the operator writes from standard output', async () => {
    const script = 'echo noise; echo more noise >&2; grep -q romeo';
    write({ accounts: 'program', program: ['/bin/sh', '-c', script] });
    await run(['group', 'create', 'verona', '--owner', 'romeo@example.com']);
    const requests = ['auth:romeo:example.com:pw', 'auth:juliet:example.com:pw', 'isuser:verona:example.com'];
    const { bytes, err } = await run(['extauth'], Buffer.concat(requests.map(framed)));
    expect([...bytes]).toEqual([...YES, ...NO, ...YES]);
    expect(err.match(/^noise$/gm)).toHaveLength(2);
  });

  it('ends on SIGTERM, and answers no more', async () => {
    const child = spawn(process.execPath, [PROGRAM, 'extauth', '--config', config], {
      env: { PATH: process.env.PATH },
    });
    const over = once(child, 'close');
    child.stderr.resume();
    child.stdin.write(framed('isuser:romeo:example.com'));
    const [answer] = await once(child.stdout, 'data');
    expect([...answer]).toEqual(NO);
    child.kill('SIGTERM');
    expect(await over).toEqual([0, null]);
  });

  it('ends with 1 and a sentence when the configuration is wrong', async () => {
    write({ accounts: 'stone' });
    const { code, bytes, err } = await run(['extauth'], framed('isuser:romeo:example.com'));
    expect([code, bytes.length]).toEqual([1, 0]);
    expect(err).toBe('extauth.accounts: "stone" is not known here; give one of none, store, program, http\n');
  });
});

describe('xmpp-groups account add, at a terminal', () => {
  it('asks for the password twice, and does not show it', async () => {
    const command = `${process.execPath} ${PROGRAM} account add romeo --config ${config}`;
    const child = spawn(SCRIPT, ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: { PATH: process.env.PATH, TERM: 'dumb' },
    });
    const over = once(child, 'close');
    let screen = '';
    for await (const piece of child.stdout.setEncoding('utf8')) {
      const before = screen;
      screen += piece;
      for (const question of ['New password: ', 'The same again: ']) {
        if (!before.includes(question) && screen.includes(question)) child.stdin.write('geheim\r');
      }
    }
    expect(await over).toEqual([0, null]);
    expect(screen.replaceAll('\r', '')).toBe('New password: \nThe same again: \nAdded romeo@example.com.\n');
    const { bytes } = await run(['extauth'], framed('auth:romeo:example.com:geheim'));
    expect([...bytes]).toEqual(YES);
  });
});
