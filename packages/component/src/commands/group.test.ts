import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@xmpp-groups/storage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bare } from '../../test/jids.js';
import { type RecordedWorld, worldWith } from '../../test/world.js';
import { run } from '../program.js';

let folder: string;
let environment: Record<string, string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'group-commands-'));
  environment = {
    XMPP_GROUPS_STORAGE_URL: `sqlite:${join(folder, 'groups.db')}`,
    XMPP_GROUPS_COMPONENT_DOMAIN: 'groups.example.com',
  };
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs `xmpp-groups group ...`; whoever is asked there gives `answer`. */
async function group(args: readonly string[], answer?: boolean) {
  const questions: string[] = [];
  const world: RecordedWorld = worldWith(environment);
  const ask = async (question: string): Promise<boolean> => {
    questions.push(question);
    return answer === true;
  };
  const code = await run(['group', ...args], answer === undefined ? world : { ...world, ask });
  return { code, out: world.output, err: world.errors, questions };
}

const create = (localpart: string, ...more: readonly string[]) =>
  group(['create', localpart, '--owner', 'romeo@example.com', ...more]);

describe('group create', () => {
  it('makes the group that a request over XMPP would have made, and says how the owner gets in', async () => {
    const { code, out } = await create('Verona', '--name', 'Verona Square', '--privacy', 'incognito');
    expect(code).toBe(0);
    expect(out.join(' ')).toMatch(
      /^Created verona@groups\.example\.com\. romeo@example\.com .* adding it as a contact/,
    );
    const store = await openStore(environment.XMPP_GROUPS_STORAGE_URL ?? '');
    const stored = await store.load(bare('verona@groups.example.com'));
    await store.close();
    expect(stored?.group).toMatchObject({
      size: 1,
      properties: {
        name: 'Verona Square',
        description: '',
        privacy: 'incognito',
        membership: 'open',
        index: 'local',
      },
    });
    const [owner] = stored?.group.members.values() ?? [];
    expect(owner).toMatchObject({
      jid: 'romeo@example.com',
      subscription: 'both',
      nickname: expect.any(String),
    });
    expect(owner?.rights.has('owner')).toBe(true);
  });

  it('needs nothing but a name, also where groups.allowCreation lets nobody in', async () => {
    environment.XMPP_GROUPS_GROUPS_ALLOW_CREATION = 'admin.example.com';
    expect((await create('verona')).code).toBe(0);
    const { out } = await group(['list', '--json']);
    expect(JSON.parse(out.join('\n'))).toMatchObject([{ name: 'verona', members: 1 }]);
  });

  it('refuses a name that is taken', async () => {
    await create('verona');
    expect(await create('VERONA')).toMatchObject({
      code: 1,
      out: [],
      err: ['verona@groups.example.com exists already'],
    });
  });

  it.each([
    {
      what: 'a localpart that is none',
      args: ['a b', '--owner', 'romeo@example.com'],
      code: 1,
      says: /^This cannot be the name of a group: /,
    },
    {
      what: 'an owner with a resource',
      args: ['a', '--owner', 'romeo@example.com/x'],
      code: 1,
      says: /^--owner: "romeo@example\.com\/x" is no bare JID/,
    },
    {
      what: 'a server for an owner',
      args: ['a', '--owner', 'example.com'],
      code: 1,
      says: /^--owner: example\.com is a server/,
    },
    { what: 'no owner', args: ['a'], code: 2, says: /--owner/ },
    {
      what: 'a name that is too long',
      args: ['a', '--owner', 'romeo@example.com', '--name', 'x'.repeat(257)],
      code: 1,
      says: /^--name: longer than 256 characters/,
    },
    {
      what: 'a kind that does not exist',
      args: ['a', '--owner', 'romeo@example.com', '--privacy', 'secret'],
      code: 2,
      says: /Allowed choices are public, incognito/,
    },
  ])('refuses $what', async ({ args, code, says }) => {
    const done = await group(['create', ...args]);
    expect([done.code, done.out]).toEqual([code, []]);
    expect(done.err.join('\n')).toMatch(says);
    const listed = await group(['list']);
    expect([listed.code, listed.out]).not.toEqual([0, [expect.stringContaining('@')]]);
  });
});

describe('group list', () => {
  it('says that there are none', async () => {
    await create('verona');
    await group(['delete', 'verona', '--yes']);
    expect(await group(['list'])).toMatchObject({ code: 0, out: ['There are no groups.'] });
    expect((await group(['list', '--json'])).out).toEqual(['[]']);
  });

  it('shows each group on a line, in columns', async () => {
    await create('verona', '--name', 'Площадь 👨‍👩‍👧', '--index', 'global');
    await create('mantua', '--membership', 'member-only');
    const { code, out, err } = await group(['list']);
    expect([code, err]).toEqual([0, []]);
    expect(out).toEqual([
      'JID                        NAME       MEMBERS  PRIVACY  MEMBERSHIP   INDEX',
      'mantua@groups.example.com  mantua     1        public   member-only  local',
      'verona@groups.example.com  Площадь 👨‍👩‍👧  1        public   open         global',
    ]);
  });

  it('never hands a terminal what a name may order it to do', async () => {
    await create('verona', '--name', 'a\u009b31m\u202e\nb');
    const { out } = await group(['list']);
    expect(out[1]).toMatch(/^verona@groups\.example\.com {2}a 31m {2}b/);
    const json = (await group(['list', '--json'])).out.join('\n');
    expect(json).toContain('a\\u009b31m\\u202e\\nb');
    expect(JSON.parse(json)).toMatchObject([{ name: 'a\u009b31m\u202e\nb' }]);
    expect((await group(['show', 'verona'])).out.join('')).not.toMatch(/[\u009b\u202e]/);
  });
});

describe('group show', () => {
  it.each(['verona', 'VERONA', 'verona@groups.example.com'])('finds %s', async (name) => {
    await create('verona', '--description', 'A square');
    const { code, out } = await group(['show', name]);
    expect(code).toBe(0);
    expect(out.join('\n')).toMatch(
      /^JID: +verona@groups\.example\.com\nName: +verona\nDescription: +A square\n/,
    );
    expect(out).toContainEqual(expect.stringMatching(/^Messages: +1$/));
    expect(out.at(-1)).toMatch(/^romeo@example\.com {2}owner +\d{4}-\d\d-\d\dT/);
  });

  it.each([
    [0, 0, 'off'],
    [20, 10, '20 s'],
    [20, 60, '20 s, for newcomers 60 s'],
    [0, 60, 'off, for newcomers 60 s'],
  ])('tells the slow mode: %i and %i', async (slowMode, slowModeForNewcomers, words) => {
    await create('verona');
    const store = await openStore(environment.XMPP_GROUPS_STORAGE_URL ?? '');
    const pace = { slowMode, slowModeForNewcomers };
    await store.commit([
      {
        group: bare('verona@groups.example.com'),
        revision: 1,
        events: [{ kind: 'paceChanged', pace, at: 0 }],
      },
    ]);
    await store.close();
    const { out } = await group(['show', 'verona']);
    expect(out.map((line) => line.split(/: +/))).toContainEqual(['Slow mode', words]);
    expect(JSON.parse((await group(['show', 'verona', '--json'])).out.join('\n'))).toMatchObject(pace);
  });

  it('gives the same as JSON', async () => {
    await create('verona');
    const { out } = await group(['show', 'verona', '--json']);
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      jid: 'verona@groups.example.com',
      name: 'verona',
      messages: 1,
      lastMessage: expect.stringMatching(/^\d{4}-.*Z$/),
      members: [{ jid: 'romeo@example.com', role: 'owner', nickname: null, joined: true }],
    });
  });

  it.each([
    ['stray', 'There is no group stray@groups.example.com'],
    ['a@b@c', expect.stringMatching(/^"a@b@c" is no bare JID/)],
    ['a b', expect.stringMatching(/^This cannot be the name of a group/)],
  ])('does not find %s', async (name, says) => {
    await create('verona');
    expect(await group(['show', name])).toMatchObject({ code: 1, out: [], err: [says] });
  });
});

describe('group delete', () => {
  beforeEach(() => create('verona'));

  const remaining = async (): Promise<number> =>
    JSON.parse((await group(['list', '--json'])).out.join('\n')).length;

  it.each([
    { what: 'is told to', args: ['--yes'], answer: undefined, code: 0, left: 0 },
    { what: 'is told so when it asks', args: [], answer: true, code: 0, left: 0 },
    { what: 'is told not to when it asks', args: [], answer: false, code: 1, left: 1 },
    { what: 'has nobody to ask', args: [], answer: undefined, code: 2, left: 1 },
  ])('leaves $left groups when it $what', async ({ args, answer, code, left }) => {
    const done = await group(['delete', 'verona', ...args], answer);
    expect(done.code).toBe(code);
    expect(done.questions).toEqual(
      answer === undefined
        ? []
        : [expect.stringMatching(/^Delete verona@groups\.example\.com \("verona", 1 member\)/)],
    );
    expect(code === 0 ? done.out : done.err).toHaveLength(1);
    expect(await remaining()).toBe(left);
  });

  it('takes its private chats with it, and no other group', async () => {
    await create('other');
    const store = await openStore(environment.XMPP_GROUPS_STORAGE_URL ?? '');
    const verona = bare('verona@groups.example.com');
    const chat = bare('chat@groups.example.com');
    const stored = await store.load(verona);
    if (stored === undefined) throw new Error('there is no group');
    const opened = (pair: string, address: typeof chat) =>
      ({ kind: 'privateChatOpened', pair, chat: address, at: 1 }) as const;
    const { properties } = stored.group;
    await store.commit([
      {
        group: verona,
        revision: stored.revision,
        events: [
          opened('a b', chat),
          opened('a c', bare('never@groups.example.com')),
          opened('b c', bare('other@groups.example.com')),
        ],
      },
      { group: chat, revision: 0, events: [{ kind: 'groupCreated', properties, parent: verona, at: 1 }] },
    ]);
    await store.close();
    const { code, out } = await group(['delete', 'verona', '--yes']);
    expect(code).toBe(0);
    expect(out).toEqual([
      expect.stringMatching(/^Deleted verona@.* 1 member\).*/),
      'Deleted 1 of its private chats.',
    ]);
    expect(JSON.parse((await group(['list', '--json'])).out.join(''))).toMatchObject([
      { jid: 'other@groups.example.com' },
    ]);
  });

  it('does not delete what is not there', async () => {
    expect(await group(['delete', 'stray', '--yes'])).toMatchObject({
      code: 1,
      err: ['There is no group stray@groups.example.com'],
    });
  });
});

describe.each(['list', 'show verona', 'delete verona --yes', 'create verona --owner romeo@example.com'])(
  'group %s',
  (line) => {
    const args = line.split(' ');

    it('refuses the memory of a process', async () => {
      environment.XMPP_GROUPS_STORAGE_URL = 'memory:';
      expect(await group(args)).toMatchObject({
        code: 1,
        out: [],
        err: [expect.stringMatching(/^storage\.url: memory: is gone with/)],
      });
    });

    it('says what is wrong with the database', async () => {
      writeFileSync(join(folder, 'groups.db'), 'This is no database, and has never been one.');
      const { code, err } = await group(args);
      expect(code).toBe(1);
      expect(err).toEqual([expect.stringMatching(/^storage\.url: .*groups\.db/)]);
    });

    it('tells all mistakes of the configuration, but wants no secret', async () => {
      environment = { XMPP_GROUPS_COMPONENT_PORT: '0', XMPP_GROUPS_COMPONENT_SECRET_FILE: '/nowhere/at/all' };
      const { code, err } = await group(args);
      expect(code).toBe(1);
      expect(err).toEqual([
        expect.stringMatching(/^component\.port \(XMPP_GROUPS_COMPONENT_PORT\): 0 is not a port/),
        expect.stringMatching(/^component\.domain: is missing/),
      ]);
    });
  },
);

describe.each(['list', 'show verona', 'delete verona --yes'])('group %s', (line) => {
  it('does not make a database where there is none', async () => {
    const args = line.split(' ');
    const says = expect.stringMatching(/^storage\.url: there is no database at .*groups\.db/);
    expect(await group(args)).toMatchObject({ code: 1, err: [says] });
    expect(await group(args)).toMatchObject({ code: 1, err: [says] });
  });
});
