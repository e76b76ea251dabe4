import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openAccounts } from '@xmpp-groups/storage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bare } from '../../test/jids.js';
import { worldWith } from '../../test/world.js';
import { isPassword } from '../extauth/password.js';
import { run } from '../program.js';

let folder: string;
let environment: Record<string, string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'account-commands-'));
  environment = {
    XMPP_GROUPS_STORAGE_URL: `sqlite:${join(folder, 'groups.db')}`,
    XMPP_GROUPS_COMPONENT_DOMAIN: 'example.com',
    XMPP_GROUPS_EXTAUTH_HOSTS: 'example.com',
    XMPP_GROUPS_EXTAUTH_ACCOUNTS: 'store',
  };
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Who sits at the terminal, when anybody does: what he types as passwords, and his answer to a question. */
interface Sitter {
  readonly types?: readonly (string | undefined)[];
  readonly agrees?: boolean;
}

/** Runs `xmpp-groups account ...` with `input` on standard input, or somebody at the terminal. */
async function account(args: readonly string[], input = '', { types, agrees }: Sitter = {}) {
  const questions: string[] = [];
  const world = worldWith(environment, Readable.from([Buffer.from(input)]));
  const left = [...(types ?? [])];
  const code = await run(['account', ...args], {
    ...world,
    ...(types === undefined
      ? {}
      : {
          askSecret: async (question: string) => {
            questions.push(question);
            return left.shift();
          },
        }),
    ...(agrees === undefined
      ? {}
      : {
          ask: async (question: string) => {
            questions.push(question);
            return agrees;
          },
        }),
  });
  return { code, out: world.output, err: world.errors, questions };
}

/** Whether the account `jid` has this password. */
async function has(jid: string, password: string): Promise<boolean> {
  const accounts = await openAccounts(environment.XMPP_GROUPS_STORAGE_URL ?? '');
  const hashed = await accounts.passwordOf(bare(jid));
  await accounts.close();
  return isPassword(password, hashed);
}

describe('account add', () => {
  it('takes the password from standard input, from a file or from a terminal', async () => {
    expect(await account(['add', 'Romeo'], 'p:w 🔑\r\n')).toMatchObject({
      code: 0,
      out: ['Added romeo@example.com.'],
      err: [],
    });
    const file = join(folder, 'password');
    writeFileSync(file, 'of a file\n');
    expect((await account(['add', 'juliet@example.com', '--password-file', file], 'x')).code).toBe(0);
    const typed = await account(['add', 'tybalt'], 'x', { types: ['typed', 'typed'] });
    expect(typed).toMatchObject({ code: 0, questions: ['New password', 'The same again'] });
    expect(await has('romeo@example.com', 'p:w 🔑')).toBe(true);
    expect(await has('juliet@example.com', 'of a file')).toBe(true);
    expect(await has('tybalt@example.com', 'typed')).toBe(true);
  });

  it('says when nobody asks for the account', async () => {
    environment.XMPP_GROUPS_EXTAUTH_ACCOUNTS = 'none';
    expect((await account(['add', 'romeo'], 'pw')).out).toEqual([
      'Added romeo@example.com.',
      'It can log in when extauth.accounts is store; it is none now.',
    ]);
  });

  it('refuses a name that is taken, by an account or by a group', async () => {
    await account(['add', 'romeo'], 'pw');
    await run(['group', 'create', 'verona', '--owner', 'romeo@example.com'], worldWith(environment));
    expect(await account(['add', 'ROMEO'], 'other')).toMatchObject({
      code: 1,
      err: ['romeo@example.com exists already'],
    });
    expect(await account(['add', 'Verona'], 'pw')).toMatchObject({
      code: 1,
      err: ['verona@example.com is a group; give another name'],
    });
    expect(await has('romeo@example.com', 'pw')).toBe(true);
    expect(await has('verona@example.com', 'pw')).toBe(false);
  });

  it.each<{ what: string; args: string[]; input?: string; sitter?: Sitter; code?: number; says: RegExp }>([
    { what: 'an empty password', args: ['romeo'], input: '\n', says: /^the password is empty; nothing/ },
    { what: 'two lines', args: ['romeo'], input: 'a\nb\n', says: /^the password has control characters/ },
    {
      what: 'two passwords',
      args: ['romeo'],
      sitter: { types: ['a', 'b'] },
      says: /^These are two passwords; nothing was changed$/,
    },
    {
      what: 'nobody who answers',
      args: ['romeo'],
      sitter: { types: [undefined] },
      says: /^No password was given; nothing was changed$/,
    },
    {
      what: 'a file that is not there',
      args: ['romeo', '--password-file', '/nowhere/at/all'],
      says: /^--password-file: \/nowhere\/at\/all cannot be read \(ENOENT\); give the path/,
    },
    { what: 'a resource', args: ['a@example.com/b'], says: /^"a@example\.com\/b" is no bare JID/ },
    { what: 'a server', args: ['@example.com'], says: /^"@example\.com" is no bare JID/ },
    { what: 'what is no name', args: ['a b'], says: /^This cannot be the name of an account: / },
    {
      what: 'another host',
      args: ['romeo@example.org'],
      says: /^extauth\.hosts: example\.org is not in the list; add it, or correct the JID$/,
    },
    { what: 'a password among the arguments', args: ['romeo', 'pw'], code: 2, says: /too many arguments/ },
    { what: 'no name', args: [], code: 2, says: /missing required argument/ },
  ])('refuses $what', async ({ args, input, sitter, code = 1, says }) => {
    const done = await account(['add', ...args], input, sitter);
    expect([done.code, done.out]).toEqual([code, []]);
    expect(done.err.join('\n')).toMatch(says);
  });

  it('wants the host of an account where there are several', async () => {
    environment.XMPP_GROUPS_EXTAUTH_HOSTS = 'example.com,example.org';
    expect(await account(['add', 'romeo'], 'pw')).toMatchObject({
      code: 1,
      err: ['"romeo" has no host; give a JID such as romeo@example.com'],
    });
    expect((await account(['add', 'romeo@example.org'], 'pw')).code).toBe(0);
  });
});

describe('account passwd', () => {
  it('changes the password', async () => {
    await account(['add', 'romeo'], 'pw');
    expect(await account(['passwd', 'romeo'], 'other\n')).toMatchObject({
      code: 0,
      out: ['romeo@example.com has a new password. Who is logged in stays so.'],
    });
    expect(await has('romeo@example.com', 'other')).toBe(true);
    expect(await account(['passwd', 'romeo'], '')).toMatchObject({ code: 1, out: [] });
    expect(await has('romeo@example.com', 'other')).toBe(true);
  });
});

describe('account remove', () => {
  it.each([
    { what: 'is told to', args: ['--yes'], agrees: undefined, code: 0 },
    { what: 'is told so when it asks', args: [], agrees: true, code: 0 },
    { what: 'is told not to when it asks', args: [], agrees: false, code: 1 },
    { what: 'has nobody to ask', args: [], agrees: undefined, code: 2 },
  ])('ends with $code when it $what', async ({ args, agrees, code }) => {
    await account(['add', 'romeo'], 'pw');
    const sitter = agrees === undefined ? {} : { agrees };
    const done = await account(['remove', 'romeo', ...args], '', sitter);
    expect(done.code).toBe(code);
    expect(done.questions).toEqual(agrees === undefined ? [] : ['Remove romeo@example.com?']);
    expect(await has('romeo@example.com', 'pw')).toBe(code !== 0);
  });
});

describe('account list', () => {
  it('lists them in columns, or as JSON', async () => {
    await account(['add', 'romeo'], 'pw');
    await account(['add', 'juliet'], 'pw');
    expect((await account(['list'])).out).toEqual([
      'JID                 CREATED',
      expect.stringMatching(/^juliet@example\.com {2}\d{4}-\d\d-\d\dT/),
      expect.stringMatching(/^romeo@example\.com {3}\d{4}-\d\d-\d\dT/),
    ]);
    const { out } = await account(['list', '--json']);
    expect(JSON.parse(out.join('\n'))).toEqual([
      { jid: 'juliet@example.com', created: expect.any(String) },
      { jid: 'romeo@example.com', created: expect.any(String) },
    ]);
    await account(['remove', 'romeo', '--yes']);
    await account(['remove', 'juliet', '--yes']);
    expect(await account(['list'])).toMatchObject({ code: 0, out: ['There are no accounts.'] });
  });
});

describe.each(['passwd', 'remove --yes'])('account %s', (line) => {
  const args = line.split(' ');

  it('does not find who is not there', async () => {
    await account(['add', 'romeo'], 'pw');
    expect(await account([...args, 'juliet'], 'pw')).toMatchObject({
      code: 1,
      err: ['There is no account juliet@example.com'],
    });
  });

  it('does not touch a group', async () => {
    await run(['group', 'create', 'verona', '--owner', 'romeo@example.com'], worldWith(environment));
    expect(await account([...args, 'verona'], 'pw')).toMatchObject({
      code: 1,
      err: [expect.stringMatching(/^verona@example\.com is a group/)],
    });
  });
});

describe.each(['list', 'passwd romeo', 'remove --yes romeo'])('account %s', (line) => {
  it('does not make a database where there is none', async () => {
    expect(await account(line.split(' '), 'pw')).toMatchObject({
      code: 1,
      err: [expect.stringMatching(/^storage\.url: there is no database at .*groups\.db/)],
    });
  });
});
