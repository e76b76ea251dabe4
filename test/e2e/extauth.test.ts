import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { xml } from '@xmpp-groups/core/xml';
import { connect } from '@xmpp-groups/harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExtauthWorld, startExtauthWorld } from './extauth-world.js';

const LOCKING = `
  const other = require('better-sqlite3')(process.argv[1]);
  other.exec('BEGIN IMMEDIATE');
  process.stdout.write('locked');
  process.stdin.resume();`;

/** Another process takes the lock for writing of a database; returns what ends that. */
async function lock(file: string): Promise<() => Promise<void>> {
  const cwd = fileURLToPath(new URL('../../packages/storage/', import.meta.url));
  const child = spawn(process.execPath, ['-e', LOCKING, file], { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return async () => {
    const exited = once(child, 'exit');
    child.stdin.end();
    await exited;
  };
}

/** A request for a change of the own account (XEP-0077). */
const register = (...fields: readonly (readonly [string, string])[]) =>
  xml(
    'query',
    { xmlns: 'jabber:iq:register' },
    fields.map(([name, value]) => xml(name, {}, value === '' ? [] : [value])),
  );

const UNICODE = 'пароль: ключ 🔑::';
/** For accounts that are made over ejabberd, whose Unicode is too old for emoji in new passwords. */
const CYRILLIC = 'пароль: ключ::';

const LOGINS = 40;

let world: ExtauthWorld;

/** Kills the programs that the server has started, and waits until there are others. */
async function killPrograms(): Promise<void> {
  const before = world.workers();
  for (const pid of before.slice(-2)) process.kill(pid, 'SIGKILL');
  await expect.poll(() => world.workers().length).toBe(before.length + 2);
}

const add = async (name: string, password: string): Promise<void> => {
  const added = await world.run(['account', 'add', name], `${password}\n`);
  expect(added).toMatchObject({ code: 0, out: [`Added ${name}@localhost.`], err: '' });
};
const refusal = (user: string, password: string): Promise<unknown> =>
  expect(world.login(user, password)).rejects.toThrow('not-authorized');
const enters = async (user: string, password: string): Promise<void> => {
  const client = await world.login(user, password);
  await client.stop();
};

describe('external authentication alone, with the accounts of the store', () => {
  beforeAll(async () => {
    world = await startExtauthWorld(['external'], { accounts: 'store', timeout: 3 });
    await add('romeo', 'pw');
  });
  afterAll(() => world.remove());

  it('lets accounts in with their passwords, and nobody else', async () => {
    await add('juliet', UNICODE);
    await enters('romeo', 'pw');
    await enters('Juliet', UNICODE);
    await refusal('juliet', UNICODE.slice(0, -1));
    await refusal('romeo', 'other');
    await refusal('nobody', 'pw');
    expect((await world.run(['account', 'remove', 'juliet', '--yes'])).code).toBe(0);
    await refusal('juliet', UNICODE);
    // Nothing else is offered: this one would log in by anything but PLAIN.
    await expect(connect({ server: world.server, user: 'romeo', password: 'pw' })).rejects.toThrow();
  });

  it('follows what clients and the server do to accounts', async () => {
    await world.server.register('tybalt', CYRILLIC);
    await expect(world.server.register('tybalt', 'pw')).rejects.toThrow('already registered');
    const tybalt = await world.login('tybalt', CYRILLIC);
    await tybalt.iq('localhost', 'set', register(['username', 'tybalt'], ['password', 'changed']));
    await tybalt.stop();
    await refusal('tybalt', CYRILLIC);
    const again = await world.login('tybalt', 'changed');
    // The stream ends with the account, with or without an answer before.
    await Promise.allSettled([again.iq('localhost', 'set', register(['remove', '']))]);
    await refusal('tybalt', 'changed');
    await world.server.register('tybalt', 'pw');
    await world.server.unregister('tybalt');
    await refusal('tybalt', 'pw');
    const { out } = await world.run(['account', 'list']);
    expect(out).toEqual([
      expect.stringMatching(/^JID +CREATED$/),
      expect.stringMatching(/^romeo@localhost +\d{4}-/),
    ]);
  });

  it('keeps the name of a group from everybody', async () => {
    await expect(world.server.register('Verona', 'pw')).rejects.toThrow('already registered');
    // ejabberd says that this worked, whatever it is answered.
    const change = { user: 'verona', host: 'localhost', newpass: 'pw' };
    expect(await world.server.api('change_password', change)).toBe(0);
    expect(world.log()).toMatch(/"operation":"setpass","jid":"verona@localhost","answer":false/);
    await refusal('verona', 'pw');
    await world.server.unregister('verona');
    expect(await world.server.api('check_account', { user: 'verona', host: 'localhost' })).toBe(0);
    for (const args of [['add'], ['passwd'], ['remove', '--yes']]) {
      const done = await world.run(['account', ...args, 'verona'], 'pw\n');
      expect([done.code, done.err]).toEqual([1, expect.stringMatching(/^verona@localhost is a group/)]);
    }
    // The group cannot take the name of an account either.
    const made = await world.run(['group', 'create', 'romeo', '--owner', 'romeo@localhost']);
    expect([made.code, made.err]).toEqual([1, 'romeo@localhost exists already\n']);
  });

  it('makes the server keep what is sent to the name of a group, instead of refusing it', async () => {
    const romeo = await world.login('romeo', 'pw');
    await romeo.send(xml('message', { to: 'verona@localhost', type: 'chat' }, [xml('body', {}, ['hello'])]));
    await romeo.send(xml('message', { to: 'nobody@localhost', type: 'chat' }, [xml('body', {}, ['hello'])]));
    const refused = await romeo.expect(({ attrs }) => attrs.type === 'error');
    expect(refused.attrs.from).toBe('nobody@localhost');
    await romeo.none(({ attrs }) => attrs.type === 'error');
    expect(await world.server.api('get_offline_count', { user: 'verona', host: 'localhost' })).toEqual({
      value: 1,
    });
    // A removal that is refused here goes on there.
    await world.server.unregister('verona');
    expect(await world.server.api('get_offline_count', { user: 'verona', host: 'localhost' })).toEqual({
      value: 0,
    });
    await romeo.stop();
  });

  it('lets many in at once', async () => {
    const logins = Array.from({ length: LOGINS }, () => world.login('romeo', 'pw', { timeout: 50_000 }));
    const clients = await Promise.all(logins);
    expect(new Set(clients.map(({ jid }) => jid)).size).toBe(LOGINS);
    await Promise.all(clients.map((client) => client.stop()));
  });

  it('goes on when its programs are killed', async () => {
    await killPrograms();
    await enters('romeo', 'pw');
    await refusal('romeo', 'other');
  });

  it.each(['has run before', 'is started then'])(
    'lets accounts in while the database takes no changes, and refuses those for that while: when it %s',
    async (when) => {
      const release = await lock(world.database);
      try {
        if (when === 'is started then') await killPrograms();
        await enters('romeo', 'pw');
        await expect(world.server.register('mercutio', 'pw')).rejects.toThrow();
      } finally {
        await release();
      }
      expect(world.log()).toContain('is locked by another process');
      await refusal('mercutio', 'pw');
      await world.server.register('mercutio', 'pw');
      await enters('mercutio', 'pw');
      await world.server.unregister('mercutio');
    },
  );

  it('ends with the server, in order', async () => {
    const running = world.workers().slice(-2);
    await world.stop();
    await expect.poll(() => world.workers().filter((pid) => running.includes(pid))).toEqual([]);
    for (const secret of ['"pw"', 'changed', 'ключ']) expect(world.log()).not.toContain(secret);
  });
});

describe('external authentication behind the accounts of ejabberd', () => {
  beforeAll(async () => {
    world = await startExtauthWorld(['mnesia', 'external'], { accounts: 'store' });
    await add('romeo', 'pw');
    await world.server.register('juliet', 'of ejabberd');
  });
  afterAll(async () => {
    await world.stop();
    world.remove();
  });

  it('lets in both, by PLAIN alone', async () => {
    await enters('juliet', 'of ejabberd');
    await enters('romeo', 'pw');
    await refusal('juliet', 'pw');
    await expect(
      connect({ server: world.server, user: 'juliet', password: 'of ejabberd' }),
    ).rejects.toThrow();
  });

  it('keeps the names of groups and of its accounts from those who register', async () => {
    for (const name of ['verona', 'romeo']) {
      await expect(world.server.register(name, 'other')).rejects.toThrow('already registered');
    }
    await refusal('verona', 'other');
  });

  it('cannot keep an administrator from making the name of a group an account of ejabberd', async () => {
    await world.server.api('change_password', { user: 'verona', host: 'localhost', newpass: 'shadow' });
    await enters('verona', 'shadow');
  });

  it('has its accounts shadowed when their passwords are changed over the server', async () => {
    const romeo = await world.login('romeo', 'pw');
    await romeo.iq('localhost', 'set', register(['username', 'romeo'], ['password', 'shadow']));
    await romeo.stop();
    await enters('romeo', 'shadow');
    expect(world.log()).not.toContain('setpass');
    await enters('romeo', 'pw');
    await world.run(['account', 'remove', 'romeo', '--yes']);
    await refusal('romeo', 'pw');
    await enters('romeo', 'shadow');
  });
});

describe('external authentication whose answers ejabberd remembers', () => {
  beforeAll(async () => {
    world = await startExtauthWorld(['external'], { accounts: 'none' }, { cache: true });
  });
  afterAll(async () => {
    await world.stop();
    world.remove();
  });

  it('is not asked about a password that it has refused to set', async () => {
    await refusal('verona', 'pw');
    await world.server.api('change_password', { user: 'verona', host: 'localhost', newpass: 'pw' });
    expect(world.log()).toMatch(/"operation":"setpass","jid":"verona@localhost","answer":false/);
    await enters('verona', 'pw');
  });
});
