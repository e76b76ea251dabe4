import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect as connectSocket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialise, textOf, type XmlElement, xml } from '@xmpp-groups/core/xml';
import {
  connect,
  freePort,
  StanzaError,
  startComponent,
  startEjabberd,
  startProsody,
  type XmppClient,
  type XmppServer,
} from '@xmpp-groups/harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const TEXT = 'Привет, мир! 👋🏽 <&> "ещё раз" 😀';

const bodyOf = (stanza: XmlElement): string | undefined => {
  const body = stanza.children.find((child) => typeof child !== 'string' && child.name === 'body');
  return body === undefined || typeof body === 'string' ? undefined : textOf(body);
};

const isMessage = (stanza: XmlElement) => stanza.name === 'message' && bodyOf(stanza) !== undefined;

const message = (to: string, body: string) => xml('message', { to, type: 'chat' }, [xml('body', {}, [body])]);

const isRunning = (pid: number) => existsSync(`/proc/${pid}`);

/** Resolves with the error of a promise that rejects, fails when it does not. */
const failureOf = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => expect.unreachable('it should have been rejected'),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );

const STARTERS: Record<XmppServer['kind'], (options: object) => Promise<XmppServer>> = {
  ejabberd: startEjabberd,
  prosody: startProsody,
};

describe.each(['ejabberd', 'prosody'] as const)('a private %s', (kind) => {
  let server: XmppServer;
  let alice: XmppClient;
  let bob: XmppClient;

  beforeAll(async () => {
    server = await STARTERS[kind]({ components: [{ domain: 'groups.localhost', secret: 'secret' }] });
    await server.register('alice', 'pw:Алиса "1"');
    await server.register('bob', 'pw');
    alice = await connect({ server, user: 'alice', password: 'pw:Алиса "1"', resource: 'tcp' });
    bob = await connect({ server, user: 'bob', password: 'pw', resource: 'ws', transport: 'websocket' });
    await alice.sendPresence();
    await bob.sendPresence();
    await alice.none(() => false);
    await bob.none(() => false);
  });

  afterAll(async () => {
    await server.stop();
  });

  it('binds the resource that was asked for', () => {
    expect([alice.jid, bob.jid]).toEqual(['alice@localhost/tcp', 'bob@localhost/ws']);
  });

  it('carries Cyrillic and emoji from TCP to WebSocket and back', async () => {
    await alice.send(message(bob.bare, TEXT));
    const received = await bob.expect(isMessage);
    expect([received.attrs.from, bodyOf(received)]).toEqual([alice.jid, TEXT]);

    await bob.send(`<message to='${alice.bare}' type='chat'><body>да 😀</body></message>`);
    expect(bodyOf(await alice.expect(isMessage))).toBe('да 😀');
  });

  it('keeps characters whole that are split across chunks of TCP', async () => {
    // Longer than a chunk, in characters of 2 and 4 bytes.
    const long = 'щ😀'.repeat(20_000);
    await bob.send(message(alice.bare, long));
    const received = await alice.expect(isMessage);
    expect(bodyOf(received) === long).toBe(true);
  });

  it('finds stanzas in order, each once, and tells what came instead', async () => {
    bob.mark();
    for (const body of ['one', 'two', 'three']) await alice.send(message(bob.bare, body));
    expect(bodyOf(await bob.expect(isMessage))).toBe('one');
    expect(bodyOf(await bob.expect((stanza) => bodyOf(stanza) === 'three'))).toBe('three');

    await alice.send(message(bob.bare, 'four'));
    const error = await failureOf(
      bob.expect((stanza) => bodyOf(stanza) === 'two', { timeout: 300, description: 'a second two' }),
    );
    expect(error.message).toContain('a second two');
    expect(error.message).toContain('<body>four</body>');
    expect(error.message).not.toContain('<body>one</body>');
  });

  it('proves by a ping that nothing came, and rejects when something did', async () => {
    bob.mark();
    await bob.none(isMessage);
    await alice.send(message(bob.bare, 'here it is'));
    // Alice's answer says that her server has taken the message; Bob's own ping comes after its delivery.
    await alice.none(() => false);
    expect((await failureOf(bob.none(isMessage))).message).toContain('here it is');
  });

  it('rejects a refused request with its condition', async () => {
    const request = alice.iq('localhost', 'get', xml('query', { xmlns: 'urn:example:unknown' }));
    const error = await failureOf(request);
    expect(error).toBeInstanceOf(StanzaError);
    expect(error instanceof StanzaError && error.condition).toBe('service-unavailable');
  });

  it('keeps a roster', async () => {
    await alice.roster.set('carol@localhost', { name: 'Кэрол', groups: ['friends'] });
    expect(await alice.roster.get()).toEqual([
      { jid: 'carol@localhost', name: 'Кэрол', subscription: 'none', asked: false, groups: ['friends'] },
    ]);
    await alice.roster.remove('carol@localhost');
    expect(await alice.roster.get()).toEqual([]);
  });

  it('answers requests of other clients as it was told to', async () => {
    bob.answer('get', 'urn:example:question', 'ask', (ask) =>
      xml('told', { xmlns: ask.attrs.xmlns }, ['42']),
    );
    const answer = await alice.iq(bob.jid, 'get', xml('ask', { xmlns: 'urn:example:question' }));
    expect(answer.children.map((child) => (typeof child === 'string' ? child : textOf(child)))).toEqual([
      '42',
    ]);
  });

  it('counts the processor time of the server', () => {
    expect(server.cpuSeconds()).toBeGreaterThan(0);
  });

  it('removes an account, which can then no longer log in', async () => {
    await server.register('dave', 'pw');
    const dave = await connect({ server, user: 'dave', password: 'pw' });
    await dave.stop();
    await server.unregister('dave');
    const error = await failureOf(connect({ server, user: 'dave', password: 'pw' }));
    expect(error.message).toContain('not-authorized');
  });

  it('refuses to register an account twice', async () => {
    await expect(server.register('alice', 'other')).rejects.toThrow();
  });

  it('lets a client vanish and ends what it waited for', async () => {
    await server.register('erin', 'pw');
    for (const transport of ['tcp', 'websocket'] as const) {
      const erin = await connect({ server, user: 'erin', password: 'pw', transport });
      const waiting = failureOf(erin.expect(isMessage));
      await erin.drop();
      expect((await waiting).message).toContain('the connection of erin@localhost ended');
      await erin.stop();
    }
  });

  it('leaves no process and no temporary folder', async () => {
    await alice.stop();
    await bob.stop();
    const { pid, dir } = server;
    expect([isRunning(pid), existsSync(dir)]).toEqual([true, true]);
    await server.stop();
    expect([isRunning(pid), existsSync(dir)]).toEqual([false, false]);
  });
});

/** The features and identities (as `category/type`) of an entity. */
const describeEntity = async (client: XmppClient, to: string): Promise<string[]> => {
  const query = xml('query', { xmlns: 'http://jabber.org/protocol/disco#info' });
  const answer = await client.iq(to, 'get', query);
  return answer.children
    .flatMap((child) => (typeof child === 'string' ? [] : child.children))
    .flatMap((child) => (typeof child === 'string' ? [] : [child.attrs]))
    .map(({ category, type, var: feature }) => feature ?? `${category}/${type}`);
};

describe.each(['ejabberd', 'prosody'] as const)('the options of %s', (kind) => {
  it.each([
    { muc: true, mam: { default: 'never' } },
    { muc: false, mam: false },
  ] as const)('%o', async (options) => {
    const server = await STARTERS[kind](options);
    await server.register('alice', 'pw');
    const alice = await connect({ server, user: 'alice', password: 'pw' });
    const rooms = await describeEntity(alice, 'conference.localhost').catch((error: unknown): string[] => {
      if (error instanceof StanzaError) return [];
      throw error;
    });
    const account = await describeEntity(alice, alice.bare);
    await alice.stop();
    await server.stop();
    expect(rooms.includes('conference/text')).toBe(options.muc);
    expect(account.includes('urn:xmpp:mam:2')).toBe(options.mam !== false);
  });
});

/** Connects as a component (XEP-0114, section 3), sends `stanza`, and returns what came up to `</iq>` or the end. */
const askAsComponent = (
  server: XmppServer,
  domain: string,
  secret: string,
  stanza: string,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connectSocket({ host: '127.0.0.1', port: server.componentPort(domain) });
    let text = '';
    let state: 'opened' | 'proved' | 'accepted' = 'opened';
    socket.setEncoding('utf8');
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
    socket.on('data', (chunk) => {
      text += chunk;
      const id = /<stream:stream[^>]* id=["']([^"']+)/.exec(text)?.[1];
      if (state === 'opened' && id !== undefined) {
        state = 'proved';
        socket.write(`<handshake>${createHash('sha1').update(`${id}${secret}`).digest('hex')}</handshake>`);
      } else if (state === 'proved' && text.includes('<handshake')) {
        state = 'accepted';
        socket.write(stanza);
      }
      if (text.includes('</iq>')) socket.destroy();
    });
    const stream = `xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams'`;
    socket.write(`<stream:stream ${stream} to='${domain}'>`);
  });

const discoFrom = (domain: string, to: string) =>
  `<iq type='get' id='1' from='${domain}' to='${to}'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>`;

describe.each(['ejabberd', 'prosody'] as const)('the components of %s', (kind) => {
  let server: XmppServer;
  const components = [
    { domain: 'one.localhost', secret: 'a "b" \\ ключ' },
    { domain: 'two.localhost', secret: 'other' },
  ] as const;

  beforeAll(async () => {
    server = await STARTERS[kind]({ components });
  });

  afterAll(() => server.stop());

  it.each(components)('$domain is accepted with its secret', async ({ domain, secret }) => {
    const answer = await askAsComponent(server, domain, secret, discoFrom(domain, 'localhost'));
    expect(answer).toMatch(/<identity[^>]*category=["']server["']/);
  });

  it('are refused with another secret', async () => {
    const answer = await askAsComponent(server, 'two.localhost', 'wrong', '');
    expect(answer).toContain('not-authorized');
  });

  it('are unknown when they were not named', () => {
    expect(() => server.componentPort('three.localhost')).toThrow('one.localhost, two.localhost');
  });
});

describe('the component as a process', () => {
  const account = { domain: 'groups.localhost', secret: 'secret' };
  let server: XmppServer;

  beforeAll(async () => {
    server = await startEjabberd({ components: [account] });
  });

  afterAll(() => server.stop());

  it('serves, survives a crash by a restart, and ends with exit code 0', async () => {
    const component = await startComponent({ ...account, port: server.componentPort(account.domain) });
    const { pid, dir } = component;
    expect(await component.metrics()).toContain('process_cpu_user_seconds_total');
    expect(component.cpuSeconds()).toBeGreaterThan(0);

    await component.kill9();
    expect(isRunning(pid)).toBe(false);
    await component.restart();
    expect(component.pid).not.toBe(pid);
    expect(await component.metrics()).toContain('process_cpu_user_seconds_total');

    expect(await component.stop()).toBe(0);
    expect([isRunning(component.pid), existsSync(dir)]).toEqual([false, false]);
  });

  it('that does not get ready is an error that holds its log', async () => {
    const refused = startComponent({ ...account, port: 99_999 });
    expect((await failureOf(refused)).message).toContain('99999 is not a port');
  });
});

describe('the multicast service of ejabberd', () => {
  const account = { domain: 'groups.localhost', secret: 'secret' };

  it.each([
    { multicast: false, offered: false, limits: [] },
    { multicast: {}, offered: true, limits: [] },
    { multicast: { limit: 1234 }, offered: true, limits: ['1234', '1234'] },
  ] as const)('$multicast', async ({ multicast, offered, limits }) => {
    const server = await startEjabberd({ multicast, components: [account] });
    const stanza = discoFrom(account.domain, 'multicast.localhost');
    const answer = await askAsComponent(server, account.domain, account.secret, stanza);
    await server.stop();
    expect(answer.includes('http://jabber.org/protocol/address')).toBe(offered);
    expect(answer.match(/1234/g) ?? []).toEqual(limits);
  });
});

describe('the place for uploads of ejabberd', () => {
  it('takes a file from a web page of another origin, and gives it back', async () => {
    const server = await startEjabberd({ uploads: true });
    try {
      await server.register('alice', 'pw');
      const alice = await connect({ server, user: 'alice', password: 'pw' });
      const request = xml('request', { xmlns: 'urn:xmpp:http:upload:0', filename: 'a.txt', size: '5' });
      const slot = serialise(await alice.iq('upload.localhost', 'get', request));
      const url = /put url='([^']+)'/.exec(slot)?.[1] ?? '';
      const asked = await fetch(url, { method: 'OPTIONS' });
      expect(asked.headers.get('access-control-allow-methods')).toContain('PUT');
      expect((await fetch(url, { method: 'PUT', body: 'aloud' })).status).toBe(201);
      expect(await (await fetch(url)).text()).toBe('aloud');
    } finally {
      await server.stop();
    }
  });
});

describe.each(['ejabberd', 'prosody'] as const)('a %s that cannot start', (kind) => {
  it('is an error that holds its log', async () => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      const error = await failureOf(STARTERS[kind]({ ports: { c2s: port } }));
      expect(error.message).toContain('The end of its log');
      expect(error.message).toContain(String(port));
      expect(error.message).toMatch(/eaddrinuse|in use/);
    } finally {
      other.close();
    }
  });
});

describe.each(['ejabberd', 'prosody'] as const)('a %s with a folder of its own', (kind) => {
  const dir = mkdtempSync(join(tmpdir(), 'xmpp-groups-test-'));

  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('keeps its accounts from one start to the next', async () => {
    const first = await STARTERS[kind]({ dir });
    await first.register('alice', 'pw');
    await first.stop();

    const second = await STARTERS[kind]({ dir });
    const alice = await connect({ server: second, user: 'alice', password: 'pw' });
    expect(alice.bare).toBe('alice@localhost');
    await alice.drop();
    await second.kill9();
    expect(isRunning(second.pid)).toBe(false);
  });
});
