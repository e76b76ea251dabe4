import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BareJid } from '@xmpp-groups/core/jid';
import { discoInfo } from '@xmpp-groups/core/xep';
import { xml } from '@xmpp-groups/core/xml';
import {
  type Component,
  connect,
  type Ejabberd,
  freePorts,
  type GroupUser,
  groupUser,
  stanzaError,
  startComponent,
  startEjabberd,
  textMessage,
} from '@xmpp-groups/harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from './check.js';
import { ears, everythingArrived, remarks, say, type Talker } from './crowd.js';
import { createProxy } from './proxy.js';
import { archiveOf, copiesOf } from './talk.js';
import { GROUPS, inWorld, type World } from './world.js';

/** How much is said in all, and how often it is disturbed. */
const REMARKS = 10_000;
const TIMES = 4;
/** The same of a restart of ejabberd, after which everybody has to find back. */
const RESTARTS = 2;
/**
 * So little is under way then that nobody's connection is full: when ejabberd stops, it kills its sessions, and what a slow
 * one had not written by then is in the archive and nowhere else.
 */
const FEW = 25;

/** A group with two who write and one who reads; no client of them sends anything twice. */
async function company(world: World) {
  const [juliet, nurse, reader] = await Promise.all(
    ['juliet', 'nurse', 'romeo'].map(async (name) => (await world.person(name)).device()),
  );
  if (juliet === undefined || nurse === undefined || reader === undefined) throw new Error('nobody came');
  const group = await juliet.create(GROUPS, { name: 'Verona' });
  await nurse.join(group);
  await reader.join(group);
  return { group, juliet, nurse, reader };
}

/** Four who talk in three groups while something happens again and again; then it is looked what came where. */
async function talkThrough(world: World, happening: () => Promise<void> | void, count = REMARKS) {
  const users = await Promise.all(
    ['juliet', 'nurse', 'romeo', 'mercutio'].map(async (name) => (await world.person(name)).device()),
  );
  const groups = await gather(users);
  const dealt = remarks(count, groups, users.length);
  const talkers = users.map((user, at) => ({ user, heard: ears(), list: dealt[at] ?? [] }));
  for (const { user, heard } of talkers) heard.on(user);
  const talking = Promise.all(talkers.map(({ user, heard, list }) => say(user, heard, list)));
  const [first] = talkers;
  for (let at = 1; at <= TIMES; at += 1) {
    await first?.heard.until(() => first.heard.outcomes.size >= (first.list.length * at) / (TIMES + 1));
    await happening();
  }
  await talking;
  await everythingArrived(talkers, groups);
}

/** Three groups with all of them in each. */
async function gather(users: readonly GroupUser[]): Promise<readonly BareJid[]> {
  const [owner, ...others] = users;
  if (owner === undefined) throw new Error('nobody came');
  const groups: BareJid[] = [];
  for (const name of ['Verona', 'Mantua', 'Padua']) {
    const group = await owner.create(GROUPS, { name });
    for (const other of others) await other.join(group);
    groups.push(group);
  }
  return groups;
}

describe('what was handed over', () => {
  describe('when the runner is killed', () => {
    const world = inWorld('ejabberd by shim', {}, { mam: false });

    it('is delivered once to everybody, archived, and echoed, though nobody sends it again', async () => {
      await talkThrough(world, async () => {
        await world.component.kill9();
        await world.component.restart();
      });
    }, 180_000);

    it('or ends in good order: the same', async () => {
      await talkThrough(world, () => world.component.restart(), REMARKS / 10);
    }, 180_000);
  });

  describe('when the connection is cut', () => {
    const proxy = createProxy();
    const world = inWorld('ejabberd by shim', {}, { mam: false, between: proxy.listen });
    afterAll(proxy.close);

    it('is delivered once to everybody, archived, and echoed', async () => {
      await talkThrough(world, proxy.cut);
    }, 180_000);
  });
});

describe('when ejabberd is restarted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-restart-'));
  const secret = 'a secret of the tests';
  let server: Ejabberd | undefined;
  let component: Component | undefined;
  afterAll(async () => {
    await component?.stop();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  // What it could not confirm before its end, to the daemon or by its clients, comes again: copies may come twice.
  it('what has no echo can be said again; all is in the archive once, and everybody has heard it', async () => {
    const [c2s, http, port] = await freePorts(3);
    if (c2s === undefined || http === undefined || port === undefined) throw new Error('no ports');
    const start = (): Promise<Ejabberd> =>
      startEjabberd({
        dir: join(folder, 'server'),
        ports: { c2s, http },
        mam: false,
        // What a client had not confirmed when its session ended goes to the offline storage and not back.
        modules: { mod_stream_mgmt: { resend_on_timeout: true } },
        shim: { domain: GROUPS, secret, listen: `127.0.0.1:${port}` },
      });
    const login = async (user: string): Promise<GroupUser> => {
      if (server === undefined) throw new Error('there is no server');
      const client = await connect({ server, user, password: 'pw' });
      await client.roster.get();
      await client.sendPresence();
      await client.roster.get();
      return groupUser(client);
    };
    server = await start();
    const storageUrl = `sqlite:${join(folder, 'groups.db')}`;
    component = await startComponent({ via: 'ejabberd', port, domain: GROUPS, secret, storageUrl });
    const names = ['juliet', 'nurse', 'romeo', 'mercutio'];
    const talkers: Talker[] = [];
    for (const name of names) await server.register(name, 'pw');
    const users = await Promise.all(names.map(login));
    const groups = await gather(users);
    const dealt = remarks(REMARKS, groups, users.length);
    for (const [at, user] of users.entries()) {
      const heard = ears();
      heard.on(user);
      talkers.push({ user, heard, list: dealt[at] ?? [] });
    }
    const everybodyComesBack = async (): Promise<void> => {
      for (const [place, talker] of talkers.entries()) {
        talker.user = await login(names[place] ?? '');
        talker.heard.on(talker.user);
      }
    };
    const [first] = talkers;
    for (let at = 1; at <= RESTARTS; at += 1) {
      const end = new AbortController();
      const talking = Promise.all(
        talkers.map(({ user, heard, list }) => say(user, heard, list, FEW, end.signal)),
      );
      await first?.heard.until(() => first.heard.outcomes.size >= (first.list.length * at) / (RESTARTS + 1));
      end.abort();
      await Promise.all([talking, server.stop()]);
      server = await start();
      await expect.poll(component.metrics).toContain('xmpp_groups_link_up 1');
      await everybodyComesBack();
    }
    await Promise.all(talkers.map(({ user, heard, list }) => say(user, heard, list)));
    // A copy that came just when somebody logged in may have gone to the offline storage, and waits for the next time.
    await everythingArrived(talkers, groups, async () => {
      await Promise.all(talkers.map(({ user }) => user.client.stop()));
      await everybodyComesBack();
    });
  }, 180_000);
});

const sendAll = async ({ client }: GroupUser, group: BareJid, texts: readonly string[]): Promise<void> => {
  for (const text of texts) await client.send(textMessage(group, text, text));
};

const errorsOf = ({ client }: GroupUser): { id: string | undefined; error: string }[] =>
  client
    .received()
    .filter((stanza) => stanza.attrs.type === 'error')
    .map((stanza) => ({
      id: stanza.attrs.id,
      error: `${stanzaError(stanza).condition} ${stanzaError(stanza).type}`,
    }));

describe('while there is no runner', () => {
  describe('and room for a few stanzas', () => {
    const world = inWorld('ejabberd by shim', {}, { shim: { maxStanzas: 5 } });

    it('these wait for one, and the others come back with an error', async () => {
      const { group, juliet, reader } = await company(world);
      await world.component.kill9();
      const texts = Array.from({ length: 20 }, (_, at) => `message ${at}`);
      await sendAll(juliet, group, texts);
      await expect
        .poll(() => errorsOf(juliet).at(-1))
        .toEqual({ id: 'message 19', error: 'resource-constraint wait' });
      const returned = errorsOf(juliet).map(({ id }) => id);
      // Some of the room may be taken by what the runner had not acknowledged.
      expect(returned.length).toBeGreaterThanOrEqual(15);
      expect(returned).toEqual(texts.slice(20 - returned.length));
      const kept = texts.slice(0, 20 - returned.length);
      await world.component.restart();
      await expect.poll(() => copiesOf(reader).length).toBe(kept.length);
      expect((await archiveOf(reader, group)).map(({ text }) => text)).toEqual(kept);
    });
  });

  describe('for longer than anybody waits', () => {
    const world = inWorld('ejabberd by shim', {}, { shim: { patience: 1 } });

    it('messages and requests come back with an error, and are gone', async () => {
      const { group, juliet, reader } = await company(world);
      await world.component.kill9();
      await sendAll(juliet, group, ['message a']);
      const request = discoInfo.build({ identities: [], features: [], forms: [] });
      await expect(juliet.client.iq(group, 'get', request)).rejects.toMatchObject({
        condition: 'remote-server-timeout',
      });
      const error = 'remote-server-timeout wait';
      await expect.poll(() => errorsOf(juliet)).toContainEqual({ id: 'message a', error });
      // By now nobody has to wait before he hears of it.
      await sendAll(juliet, group, ['message b']);
      await expect.poll(() => errorsOf(juliet)).toContainEqual({ id: 'message b', error });
      await world.component.restart();
      await sendAll(juliet, group, ['message c']);
      await expect.poll(() => copiesOf(reader).length).toBe(1);
      expect((await archiveOf(reader, group)).map(({ text }) => text)).toEqual(['message c']);
    });

    it('the same when there is one that does nothing', async () => {
      const { group, juliet, reader } = await company(world);
      process.kill(world.component.pid, 'SIGSTOP');
      try {
        await sendAll(juliet, group, ['message a']);
        const error = 'remote-server-timeout wait';
        await expect.poll(() => errorsOf(juliet)).toContainEqual({ id: 'message a', error });
      } finally {
        process.kill(world.component.pid, 'SIGCONT');
      }
      // It had the first one already, and does what it was asked for after all.
      await sendAll(juliet, group, ['message b']);
      await expect.poll(() => copiesOf(reader).length).toBe(2);
      const texts = (await archiveOf(reader, group)).map(({ text }) => text);
      expect(texts).toEqual(['message a', 'message b']);
    });
  });
});

describe('a runner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-shim-'));
  const socket = join(folder, 'groups.sock');
  const SECRET = 'a secret that is never shown';
  let server: Ejabberd | undefined;

  beforeAll(async () => {
    // An ejabberd that was killed leaves its socket behind.
    const killed = await startEjabberd({
      shim: { domain: GROUPS, secret: SECRET, listen: `unix:${socket}` },
    });
    await killed.kill9();
    server = await startEjabberd({ shim: { domain: GROUPS, secret: SECRET, listen: `unix:${socket}` } });
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const environmentWith = (more: Record<string, string> = {}): Record<string, string> => ({
    XMPP_GROUPS_EJABBERD_SOCKET: socket,
    XMPP_GROUPS_EJABBERD_DOMAIN: GROUPS,
    XMPP_GROUPS_EJABBERD_SECRET: SECRET,
    ...more,
  });
  const checked = (more: Record<string, string> = {}): Promise<string> => check(environmentWith(more));

  it('with the secret is let in, by a socket in the file system', async () => {
    expect(await checked()).toContain(
      `ok: ejabberd: the server at ${socket} accepts ${GROUPS}\nok: fan-out: mod_xmpp_groups carries lists`,
    );
  });

  it.each<{ what: string; more: Record<string, string>; says: string }>([
    {
      what: 'a wrong secret',
      more: { XMPP_GROUPS_EJABBERD_SECRET: 'a wrong one' },
      says: `mod_xmpp_groups refused the secret of ${GROUPS}; make ejabberd.secret the secret of mod_xmpp_groups in ejabberd.yml`,
    },
    {
      what: 'another domain',
      more: { XMPP_GROUPS_EJABBERD_DOMAIN: 'other.localhost' },
      says: `mod_xmpp_groups serves ${GROUPS} and not other.localhost; make ejabberd.domain the host of mod_xmpp_groups in ejabberd.yml`,
    },
    {
      what: 'another path',
      more: { XMPP_GROUPS_EJABBERD_SOCKET: '/nowhere/groups.sock' },
      says: 'nothing listens on /nowhere/groups.sock; start ejabberd with mod_xmpp_groups, or correct ejabberd.socket',
    },
  ])('with $what is not, and told why without a secret', async ({ more, says }) => {
    const said = await checked(more);
    expect(said).toContain(`problem: ejabberd: ${says}`);
    expect(said).not.toMatch(/a wrong one|never shown/);
  });

  it('that only looks gets nothing that is for the one that serves', async () => {
    if (server === undefined) throw new Error('there is no server');
    const component = await startComponent({
      via: 'ejabberd',
      port: 1,
      domain: GROUPS,
      secret: SECRET,
      env: environmentWith({ XMPP_GROUPS_EJABBERD_PORT: '', XMPP_GROUPS_EJABBERD_HOST: '' }),
    });
    try {
      await server.register('nurse', 'pw');
      const client = await connect({ server, user: 'nurse', password: 'pw' });
      const request = discoInfo.build({ identities: [], features: [], forms: [] });
      const looked = checked();
      let isDone = false;
      void looked.then(() => {
        isDone = true;
      });
      // Each question is answered: none was for somebody who has left, or waits for one who comes.
      while (!isDone) await client.iq(GROUPS, 'get', request);
      expect(await looked).toContain('ok: ejabberd');
      expect(await checked()).toContain('ok: ejabberd');
      await client.stop();
    } finally {
      await component.stop();
    }
  });

  it('does not get what is too deep to be read', async () => {
    if (server === undefined) throw new Error('there is no server');
    await server.register('romeo', 'pw');
    const client = await connect({ server, user: 'romeo', password: 'pw' });
    let nested = xml('x', { xmlns: 'urn:example:deep' }, []);
    for (let level = 0; level < 64; level += 1) nested = xml('x', {}, [nested]);
    await client.send(xml('message', { to: `verona@${GROUPS}`, type: 'chat', id: 'deep' }, [nested]));
    const answer = await client.expect((stanza) => stanza.attrs.id === 'deep');
    expect(stanzaError(answer).condition).toBe('policy-violation');
    await client.stop();
  });
});
