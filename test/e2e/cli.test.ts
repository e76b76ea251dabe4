import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BareJid, bareOf, parseBareJid } from '@xmpp-groups/core/jid';
import { presence } from '@xmpp-groups/core/stanza';
import { elementsOf } from '@xmpp-groups/core/xml';
import {
  connect,
  type Ejabberd,
  freePort,
  type GroupUser,
  groupUser,
  stanzaError,
  startComponent,
  startEjabberd,
} from '@xmpp-groups/harness';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../packages/component/bin/xmpp-groups.js', import.meta.url));
const GROUPS = 'groups.localhost';
const SECRET = 'the-secret-of-the-component';

let server: Ejabberd;
let folder: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  server = await startEjabberd({
    components: [{ domain: GROUPS, secret: SECRET }],
    multicast: { limit: 100 },
  });
});
afterAll(() => server.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-cli-'));
});
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  await Promise.all([...running].map((child) => once(child, 'exit')));
  rmSync(folder, { recursive: true });
});

interface Program {
  readonly child: ChildProcess;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  out(): string;
  err(): string;
  /** Fulfilled when standard error matches; rejects when the program ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts `xmpp-groups`, with nothing in its environment but these variables. */
function start(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Program {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const news = new EventEmitter<{ news: [] }>();
  let out = '';
  let err = '';
  let over = false;
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
    news.emit('news');
  });
  const exited = once(child, 'close').then(([code, signal]) => {
    running.delete(child);
    over = true;
    news.emit('news');
    return { code, signal };
  });
  return {
    child,
    exited,
    out: () => out,
    err: () => err,
    says: async (pattern) => {
      for (;;) {
        const found = pattern.exec(err);
        if (found !== null) return found;
        if (over) throw new Error(`ended without ${pattern}: ${err}`);
        await once(news, 'news');
      }
    },
  };
}

/** Runs `xmpp-groups` to its end. */
async function run(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const program = start(args, variables);
  const { code, signal } = await program.exited;
  return { code: code ?? signal, out: program.out().split('\n').slice(0, -1), err: program.err() };
}

const settings = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  XMPP_GROUPS_COMPONENT_PORT: String(server.componentPort(GROUPS)),
  XMPP_GROUPS_COMPONENT_DOMAIN: GROUPS,
  XMPP_GROUPS_COMPONENT_SECRET: SECRET,
  XMPP_GROUPS_STORAGE_URL: `sqlite:${join(folder, 'groups.db')}`,
  XMPP_GROUPS_HTTP_LISTEN: '127.0.0.1:0',
  ...more,
});

const LOCKING = `
  const other = require('better-sqlite3')(process.argv[1]);
  other.exec('BEGIN IMMEDIATE');
  process.stdout.write('locked');
  process.stdin.resume();`;

/** Another process takes the lock of a database for writing; returns what ends that. */
async function lock(file: string): Promise<() => Promise<void>> {
  const cwd = fileURLToPath(new URL('../../packages/storage/', import.meta.url));
  const child = spawn(process.execPath, ['-e', LOCKING, file], { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  running.add(child);
  await once(child.stdout, 'data');
  return async () => {
    const exited = once(child, 'exit');
    child.stdin.end();
    await exited;
    running.delete(child);
  };
}

/** The lines of a log, each an object. */
const entries = (log: string): { level: string; msg: string }[] =>
  log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('check', () => {
  const check = async (more: Readonly<Record<string, string>> = {}) => {
    const done = await run(['check'], settings(more));
    const secret = more.XMPP_GROUPS_COMPONENT_SECRET ?? SECRET;
    expect(done.out.join() + done.err).not.toContain(secret);
    expect(done.err).toBe('');
    return done;
  };

  it('finds the multicast service and its limit', async () => {
    expect(await check()).toMatchObject({
      code: 0,
      out: [
        'ok: the configuration',
        expect.stringMatching(/^ok: component: the server at 127\.0\.0\.1:\d+ accepts groups\.localhost$/),
        'ok: fan-out: multicast.localhost carries lists of recipients, up to 100 in one stanza',
        expect.stringMatching(/^ok: archive hints: on/),
      ],
    });
  });

  it('ends with 1 when the secret is wrong', async () => {
    const { code, out } = await check({ XMPP_GROUPS_COMPONENT_SECRET: 'something-else-entirely' });
    expect([code, out.at(-1)]).toEqual([
      1,
      expect.stringMatching(/^problem: component: the server refused the secret of groups\.localhost/),
    ]);
  });

  it('ends with 1 when nothing listens there', async () => {
    const port = await freePort();
    const { code, out } = await check({ XMPP_GROUPS_COMPONENT_PORT: String(port) });
    expect([code, out.at(-1)]).toEqual([
      1,
      expect.stringMatching(`^problem: component: nothing listens on 127.0.0.1:${port}; start the server`),
    ]);
  });

  it('says when there is no multicast service, and minds only when one is wanted', async () => {
    const poor = await startEjabberd({ components: [{ domain: GROUPS, secret: SECRET }], multicast: false });
    try {
      const port = { XMPP_GROUPS_COMPONENT_PORT: String(poor.componentPort(GROUPS)) };
      const content = await check(port);
      expect([content.code, content.out[2]]).toEqual([
        0,
        'ok: fan-out: copies go one by one: the server offers no multicast service',
      ]);
      const demanding = await check({ ...port, XMPP_GROUPS_FANOUT_WAY: 'multicast' });
      expect([demanding.code, demanding.out[2]]).toEqual([
        1,
        expect.stringMatching(
          /^problem: fan-out: the server offers no multicast service, so copies go one by one/,
        ),
      ]);
    } finally {
      await poor.stop();
    }
  });
});

describe('serve', () => {
  const READY = /copies go by multicast/;

  it('serves what a file says, until SIGTERM', async () => {
    writeFileSync(join(folder, 'secret'), `${SECRET}\n`);
    writeFileSync(
      join(folder, 'groups.yaml'),
      `component: { port: ${server.componentPort(GROUPS)}, domain: ${GROUPS}, secretFile: secret }\n` +
        'storage: { url: "sqlite:data/groups.db" }\nhttp: { listen: "127.0.0.1:0" }\n',
    );
    const daemon = start(['serve', '--config', 'groups.yaml']);
    const [, port] = await daemon.says(/"http":(\d+)/);
    await daemon.says(READY);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    daemon.child.kill('SIGTERM');
    expect(await daemon.exited).toEqual({ code: 0, signal: null });
    expect(entries(daemon.err()).at(-1)).toMatchObject({ level: 'info', msg: 'stopped' });
    expect((await run(['group', 'list', '-c', 'groups.yaml'])).out).toEqual(['There are no groups.']);
  });

  it('serves what the environment says, until SIGINT', async () => {
    const daemon = start(['serve'], settings());
    await daemon.says(READY);
    daemon.child.kill('SIGINT');
    expect(await daemon.exited).toEqual({ code: 0, signal: null });
    expect(daemon.out()).toBe('');
    expect(entries(daemon.err()).map(({ level }) => level)).not.toContain('error');
  });

  it('tells all mistakes at once and ends with 1', async () => {
    writeFileSync(join(folder, 'groups.yaml'), 'component: { port: 0 }\nlog: { level: loud }\nlogs: {}\n');
    const { code, out, err } = await run(['serve', '-c', 'groups.yaml'], {
      XMPP_GROUPS_STORAGE_ULR: 'memory:',
    });
    expect([code, out]).toEqual([1, []]);
    expect(err.split('\n').map((line) => line.split(/[:;]/)[0])).toEqual([
      'component.port',
      'component.domain',
      'log.level',
      'logs',
      'XMPP_GROUPS_STORAGE_ULR',
      'component.secret',
      '',
    ]);
  });

  it('ends with 1 when its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    try {
      const { code, err } = await run(['serve'], settings({ XMPP_GROUPS_HTTP_LISTEN: `127.0.0.1:${port}` }));
      expect(code).toBe(1);
      expect(entries(err)).toMatchObject([
        { level: 'fatal', msg: expect.stringMatching(`^http.listen: 127.0.0.1:${port} is in use; stop`) },
      ]);
    } finally {
      other.close();
    }
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends at once by %s when it is stopping already',
    async (signal) => {
      const daemon = start(['serve'], settings());
      await daemon.says(READY);
      // A server that does not answer keeps the daemon waiting for the end of the stream.
      process.kill(server.pid, 'SIGSTOP');
      try {
        daemon.child.kill('SIGTERM');
        await daemon.says(/"stopping"/);
        daemon.child.kill(signal);
        expect(await daemon.exited).toEqual({ code: 1, signal: null });
        expect(daemon.err()).not.toContain('"stopped"');
      } finally {
        process.kill(server.pid, 'SIGCONT');
      }
    },
  );
});

describe('beside a running daemon', () => {
  let people = 0;
  const users: GroupUser[] = [];

  afterEach(async () => {
    await Promise.allSettled(users.splice(0).map(({ client }) => client.stop()));
  });

  async function login(prefix: string): Promise<GroupUser> {
    people += 1;
    const user = `${prefix}${people}`;
    await server.register(user, 'pw');
    const client = await connect({ server, user, password: 'pw' });
    await client.roster.get();
    await client.sendPresence();
    const person = groupUser(client);
    users.push(person);
    return person;
  }

  const daemonOptions = (): Parameters<typeof startComponent>[0] => ({
    port: server.componentPort(GROUPS),
    domain: GROUPS,
    secret: SECRET,
    storageUrl: `sqlite:${join(folder, 'groups.db')}`,
    logLevel: 'trace',
  });

  const group = (...args: readonly string[]) =>
    run(['group', ...args], {
      XMPP_GROUPS_STORAGE_URL: `sqlite:${join(folder, 'groups.db')}`,
      XMPP_GROUPS_COMPONENT_DOMAIN: GROUPS,
    });

  const named = (name: string): BareJid => {
    const jid = parseBareJid(`${name}@${GROUPS}`);
    if (!jid.ok) throw new Error(jid.error.reason);
    return jid.value;
  };

  /** The condition of the error that comes back for a message. */
  async function refusal(user: GroupUser, to: BareJid, text: string): Promise<string> {
    // A commit waits some seconds for a locked database, and another one of the group may stand before this one.
    const refused = user.client.expect(({ attrs }) => attrs.type === 'error' && attrs.from === to, {
      timeout: 30_000,
    });
    await user.send(to, text);
    const stanza = await refused;
    const error = elementsOf(stanza).find(({ name }) => name === 'error');
    return error === undefined ? 'none' : (elementsOf(error)[0]?.name ?? 'none');
  }

  it('row 94: groups can be created, listed, shown and deleted, and the daemon keeps up', async () => {
    const daemon = await startComponent(daemonOptions());
    try {
      const owner = await login('owner');
      const romeo = await login('romeo');
      const verona = named('verona');
      const other = await romeo.create(GROUPS, { localpart: 'mantua', name: 'Mantua' });
      // The daemon has learned that there is no such group.
      expect(await refusal(owner, verona, 'anybody?')).toBe('item-not-found');

      const created = await group('create', 'verona', '--owner', owner.client.bare, '--name', 'Verona');
      expect([created.code, created.err]).toEqual([0, '']);
      const asked = owner.client.expect((stanza) => {
        const read = presence.is(stanza) ? presence.parse(stanza) : undefined;
        return read?.ok === true && bareOf(read.value.from) === verona && read.value.type === 'subscribe';
      });
      await owner.client.roster.set(verona);
      await owner.client.sendPresence({ to: verona, type: 'subscribe' });
      await asked;
      await owner.client.sendPresence({ to: verona, type: 'subscribed' });
      await romeo.join(verona);
      await Promise.all([romeo.hears(verona, 'hello'), owner.post(verona, 'hello')]);

      expect((await group('list')).out).toEqual([
        expect.stringMatching(/^JID +NAME +MEMBERS/),
        expect.stringMatching(/^mantua@groups\.localhost +Mantua +1 +public +open +local$/),
        expect.stringMatching(/^verona@groups\.localhost +Verona +2 +public +open +local$/),
      ]);
      const shown = JSON.parse((await group('show', 'verona', '--json')).out.join('\n'));
      expect(shown).toMatchObject({
        name: 'Verona',
        messages: 3,
        members: [
          { jid: owner.client.bare, role: 'owner' },
          { jid: romeo.client.bare, role: 'member' },
        ],
      });

      // There is nobody to ask.
      expect((await group('delete', 'verona')).code).toBe(2);
      expect((await group('delete', 'verona', '--yes')).code).toBe(0);
      expect(await refusal(romeo, verona, 'still there?')).toBe('item-not-found');
      expect(await refusal(owner, verona, 'and now?')).toBe('item-not-found');
      await romeo.post(other, 'elsewhere life goes on');
      expect(await daemon.metrics()).toMatch(/commit_failures_total\{reason="conflict"\} 1$/m);

      // Another group under the same name is another one.
      await group('create', 'verona', '--owner', romeo.client.bare);
      expect(await refusal(owner, verona, 'mine?')).toBe('not-allowed');
      await romeo.post(verona, 'mine!');
      expect((await group('list')).out).toHaveLength(3);
    } finally {
      expect(await daemon.stop()).toBe(0);
    }
  });

  it('the limits of the configuration hold, for owners too', async () => {
    const env = { XMPP_GROUPS_LIMITS_MEMBERMESSAGESPERMINUTE: '1', XMPP_GROUPS_LIMITS_GROUPSPERDAY: '1' };
    const daemon = await startComponent({ ...daemonOptions(), env });
    try {
      const juliet = await login('juliet');
      const verona = await juliet.create(GROUPS, { name: 'Verona' });
      await expect(juliet.create(GROUPS, { name: 'Mantua' })).rejects.toMatchObject({
        condition: 'resource-constraint',
        type: 'wait',
      });
      const refused = juliet.client.expect(({ attrs }) => attrs.type === 'error' && attrs.from === verona);
      // Of three messages two come in the same minute of the clock.
      for (const text of ['a', 'b', 'c']) await juliet.send(verona, text);
      expect(stanzaError(await refused)).toMatchObject({ condition: 'resource-constraint', type: 'wait' });
    } finally {
      await daemon.stop();
    }
  });

  it('neither texts nor secrets are in the log, whatever its level', async () => {
    const daemon = await startComponent(daemonOptions());
    let log = '';
    try {
      const juliet = await login('juliet');
      const romeo = await login('romeo');
      const verona = await juliet.create(GROUPS, { name: 'Verona' });
      expect(await refusal(romeo, verona, 'unique-refused-text')).toBe('not-allowed');
      await romeo.join(verona);
      await Promise.all([juliet.hears(verona, 'unique-text'), romeo.post(verona, 'unique-text')]);
      // What cannot be read is logged, too.
      await romeo.client.send(
        `<message to='${verona}' type='chat'><body>unique-bad-text</body><origin-id xmlns='urn:xmpp:sid:0'/></message>`,
      );
      await romeo.post(verona, 'the end');
      log = daemon.log();
    } finally {
      await daemon.stop();
    }
    expect(entries(log).length).toBeGreaterThan(2);
    expect(log).not.toMatch(/unique-/);
    expect(log).not.toContain(SECRET);
  });

  it('a database that takes nothing for a while costs only the messages of that while', async () => {
    const daemon = await startComponent(daemonOptions());
    try {
      const juliet = await login('juliet');
      const verona = await juliet.create(GROUPS, { name: 'Verona' });
      await juliet.post(verona, 'before');
      const release = await lock(join(folder, 'groups.db'));
      expect(await refusal(juliet, verona, 'meanwhile')).toBe('internal-server-error');
      expect(await daemon.metrics()).toMatch(/^xmpp_groups_storage_failing 1$/m);
      await release();
      await juliet.post(verona, 'after');
      expect(await daemon.metrics()).toMatch(/^xmpp_groups_storage_failing 0$/m);
      const { items } = await juliet.history(verona);
      expect(items.map(({ message }) => message.text).slice(-2)).toEqual(['before', 'after']);
      const levels = entries(daemon.log()).map(({ level }) => level);
      expect(levels.filter((level) => level === 'error')).toHaveLength(1);
    } finally {
      expect(await daemon.stop()).toBe(0);
    }
  });
});
