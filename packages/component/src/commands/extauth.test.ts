import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { worldWith } from '../../test/world.js';
import { run } from '../program.js';

let folder: string;
let environment: Record<string, string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'extauth-command-'));
  environment = {
    XMPP_GROUPS_STORAGE_URL: `sqlite:${join(folder, 'groups.db')}`,
    XMPP_GROUPS_COMPONENT_DOMAIN: 'example.com',
    XMPP_GROUPS_EXTAUTH_HOSTS: 'example.com, example.org',
    XMPP_GROUPS_EXTAUTH_LOGFILE: join(folder, 'log'),
  };
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const framed = (text: string): Buffer => {
  const content = Buffer.from(text);
  return Buffer.concat([Buffer.of(content.length >> 8, content.length & 255), content]);
};

/** What `xmpp-groups extauth` answers to these requests, and how it ends. */
async function extauth(...requests: readonly string[]) {
  const world = worldWith(environment, Readable.from(requests.map(framed)));
  const code = await run(['extauth'], world);
  const answers = world.answers.map((bytes) => [...bytes].join(' '));
  return { code, answers: answers.map((bytes) => bytes === '0 2 0 1'), out: world.output, err: world.errors };
}

const runs = async (args: readonly string[], input = ''): Promise<unknown> =>
  run(args, worldWith(environment, Readable.from([input])));

describe('extauth', () => {
  it('keeps the names of groups, and knows no accounts, unless it is told otherwise', async () => {
    await runs(['group', 'create', 'verona', '--owner', 'romeo@example.com']);
    await runs(['account', 'add', 'romeo@example.com'], 'pw\n');
    const done = await extauth(
      'isuser:Verona:example.com',
      'isuser:romeo:example.com',
      'auth:romeo:example.com:pw',
    );
    expect(done).toEqual({ code: 0, answers: [true, false, false], out: [], err: [] });
  });

  it('knows the accounts of the store when it is told to, on all its hosts', async () => {
    environment.XMPP_GROUPS_EXTAUTH_ACCOUNTS = 'store';
    await runs(['account', 'add', 'romeo@example.org'], 'p:w\n');
    const done = await extauth(
      'auth:romeo:example.org:p:w',
      'auth:romeo:example.com:p:w',
      'tryregister:juliet:example.com:pw',
      'auth:juliet:example.com:pw',
      'isuser:juliet:example.net',
    );
    expect(done.answers).toEqual([true, false, true, true, false]);
    const log = readFileSync(join(folder, 'log'), 'utf8');
    expect(log).toContain('example.net is not in extauth.hosts');
    expect(log).not.toContain('p:w');
  });

  it('asks a program', async () => {
    environment.XMPP_GROUPS_EXTAUTH_ACCOUNTS = 'program';
    environment.XMPP_GROUPS_EXTAUTH_PROGRAM = '/bin/sh,-c,grep -q romeo';
    await runs(['group', 'create', 'verona', '--owner', 'romeo@example.com']);
    const done = await extauth(
      'auth:romeo:example.com:pw',
      'auth:juliet:example.com:pw',
      'auth:verona:example.com:romeo',
    );
    expect(done.answers).toEqual([true, false, false]);
  });

  it('asks a web address, and refuses when nobody is there', async () => {
    environment.XMPP_GROUPS_EXTAUTH_ACCOUNTS = 'http';
    environment.XMPP_GROUPS_EXTAUTH_URL = 'http://127.0.0.1:1/accounts';
    await runs(['group', 'create', 'verona', '--owner', 'romeo@example.com']);
    expect((await extauth('auth:romeo:example.com:pw')).answers).toEqual([false]);
    expect(readFileSync(join(folder, 'log'), 'utf8')).toContain(
      'http://127.0.0.1:1/accounts cannot be asked',
    );
  });

  it('refuses everything while there is no database, and does not make one', async () => {
    for (const _ of [1, 2]) {
      expect(await extauth('isuser:verona:example.com')).toMatchObject({ code: 0, answers: [false] });
    }
    expect(readFileSync(join(folder, 'log'), 'utf8').match(/there is no database at/g)).not.toBeNull();
  });

  it.each<{ what: string; env: Record<string, string>; says: RegExp }>([
    {
      what: 'no hosts',
      env: { XMPP_GROUPS_EXTAUTH_HOSTS: '' },
      says: /^extauth\.hosts: is missing; give the domains/,
    },
    {
      what: 'the memory of a process',
      env: { XMPP_GROUPS_STORAGE_URL: 'memory:' },
      says: /^storage\.url: memory: is gone with/,
    },
    {
      what: 'a log file that cannot be written',
      env: { XMPP_GROUPS_EXTAUTH_LOGFILE: '/nowhere/at/all' },
      says: /^extauth\.logFile: \/nowhere\/at\/all cannot be written to \(ENOENT\); give a path/,
    },
    {
      what: 'a program that is missing',
      env: { XMPP_GROUPS_EXTAUTH_ACCOUNTS: 'program' },
      says: /^extauth\.program: is missing; give the program/,
    },
  ])('does not begin with $what', async ({ env, says }) => {
    Object.assign(environment, env);
    expect(await extauth('isuser:verona:example.com')).toEqual({
      code: 1,
      answers: [],
      out: [],
      err: [expect.stringMatching(says)],
    });
  });
});
