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
import { createProxy } from './proxy.js';
import { archiveOf, copiesOf, echoesOf, idOf, outcome } from './talk.js';
import { GROUPS, inWorld, type World } from './world.js';

const MESSAGES = 400;

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

/** Two write many messages while something happens, again and again; then it is looked where they are. */
async function talkThrough(world: World, happening: () => Promise<void> | void): Promise<void> {
  const { group, juliet, nurse, reader } = await company(world);
  const outcomes: Promise<[string, string]>[] = [];
  for (let at = 0; at < MESSAGES; at += 1) {
    const sender = at % 2 === 0 ? juliet : nurse;
    const text = `message ${at}`;
    outcomes.push(outcome(sender, text).then((id) => [text, id]));
    await sender.client.send(textMessage(group, text, idOf(sender, text)));
    if (at % 100 === 50) await happening();
  }
  const accepted = new Map(await Promise.all(outcomes));
  const archived = await archiveOf(reader, group);
  expect(archived).toHaveLength(MESSAGES);
  expect(new Map(archived.map(({ id, text }) => [text, id]))).toEqual(accepted);
  const ids = archived.map(({ id }) => id);
  await expect.poll(() => copiesOf(reader).length).toBe(MESSAGES);
  expect(copiesOf(reader)).toEqual(ids);
  for (const [sender, other] of [
    [juliet, nurse],
    [nurse, juliet],
  ] as const) {
    const own = echoesOf(sender);
    await expect.poll(() => copiesOf(other)).toEqual(ids.filter((id) => own.includes(id)));
    expect(new Set(own).size).toBe(own.length);
  }
}

describe('what was handed over', () => {
  describe('when the runner is killed', () => {
    const world = inWorld('ejabberd by shim');

    it('is delivered once to everybody, archived, and echoed, though nobody sends it again', async () => {
      await talkThrough(world, async () => {
        await world.component.kill9();
        await world.component.restart();
      });
    }, 180_000);

    it('or ends in good order: the same', async () => {
      await talkThrough(world, () => world.component.restart());
    }, 180_000);
  });

  describe('when the connection is cut', () => {
    const proxy = createProxy();
    const world = inWorld('ejabberd by shim', {}, { between: proxy.listen });
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

  it('what was echoed is in the archive, once, and the group goes on', async () => {
    const [c2s, http, port] = await freePorts(3);
    if (c2s === undefined || http === undefined || port === undefined) throw new Error('no ports');
    const start = (): Promise<Ejabberd> =>
      startEjabberd({
        dir: join(folder, 'server'),
        ports: { c2s, http },
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
    for (const user of ['juliet', 'romeo']) await server.register(user, 'pw');
    const [juliet, romeo] = [await login('juliet'), await login('romeo')];
    const group = await juliet.create(GROUPS, { name: 'Verona' });
    await romeo.join(group);

    const texts = Array.from({ length: 200 }, (_, at) => `message ${at}`);
    await sendAll(juliet, group, texts);
    await expect.poll(() => echoesOf(juliet).length).toBeGreaterThan(20);
    await server.stop();
    const accepted = echoesOf(juliet);
    const before = copiesOf(romeo);
    server = await start();
    const { metrics } = component;
    await expect.poll(metrics).toContain('xmpp_groups_link_up 1');

    const back = await login('romeo');
    const { stanzaId = '' } = await back.post(group, 'message of the next day');
    const archived = (await archiveOf(back, group)).map(({ id }) => id);
    expect(archived).toEqual(expect.arrayContaining([...accepted, stanzaId]));
    expect(archived.length).toBe(new Set(archived).size);
    // What the server could not confirm before its end, to the daemon or by its clients, comes again.
    expect(archived).toEqual(expect.arrayContaining([...before, ...copiesOf(back)]));
  });
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
