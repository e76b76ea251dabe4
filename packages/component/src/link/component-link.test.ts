import { once } from 'node:events';
import { parseBareJid } from '@xmpp-groups/core/jid';
import { ping } from '@xmpp-groups/core/xep';
import { textOf, type XmlElement } from '@xmpp-groups/core/xml';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeServer, type Peer, startFakeServer } from '../../test/fake-component-server.js';
import { type ComponentLinkOptions, createComponentLink } from './component-link.js';
import type { Link } from './link.js';

function jid(text: string) {
  const parsed = parseBareJid(text);
  if (!parsed.ok) throw new TypeError(parsed.error.reason);
  return parsed.value;
}

const SECRET = 'sécret 🔑';
const DOMAIN = jid('groups.example.com');
const SERVER = jid('example.com');

let server: FakeServer;
let links: Link[] = [];

beforeEach(async () => {
  server = await startFakeServer(SECRET);
});
afterEach(async () => {
  await Promise.all(links.map((link) => link.stop()));
  links = [];
  await server.close();
});

function makeLink(more: Partial<ComponentLinkOptions> = {}): Link {
  const link = createComponentLink({
    host: '127.0.0.1',
    port: server.port,
    domain: DOMAIN,
    secret: SECRET,
    retryFirst: true,
    log: pino({ enabled: false }),
    random: () => 0.01,
    ...more,
  });
  links.push(link);
  return link;
}

async function connected(more: Partial<ComponentLinkOptions> = {}): Promise<{ link: Link; peer: Peer }> {
  const link = makeLink(more);
  const [peer, started] = await Promise.all([server.accepts(), link.start()]);
  expect(started.ok).toBe(true);
  return { link, peer };
}

/** The next stanzas that come out of the link. */
function stanzas(link: Link, count: number): Promise<XmlElement[]> {
  const seen: XmlElement[] = [];
  return new Promise((resolve) => {
    link.on('stanza', (stanza) => {
      seen.push(stanza);
      if (seen.length === count) resolve(seen);
    });
  });
}

const messageOf = (body: string, id = 'm1'): string =>
  `<message from='a@example.com' to='room@groups.example.com' id='${id}'><body>${body}</body></message>`;

const bodyOf = (stanza: XmlElement | undefined): string => {
  const body = stanza?.children[0];
  return typeof body === 'object' ? textOf(body) : '';
};

describe('connecting', () => {
  it('comes up with a secret that is not ASCII', async () => {
    const { link } = await connected();
    expect(link.isUp()).toBe(true);
  });

  it('delivers what comes in one piece with the acceptance, after `up`', async () => {
    server.afterHandshake = messageOf('first');
    const link = makeLink();
    const order: string[] = [];
    link.on('up', () => order.push('up')).on('stanza', (stanza) => order.push(bodyOf(stanza)));
    const came = stanzas(link, 1);
    await link.start();
    await came;
    expect(order).toEqual(['up', 'first']);
  });

  it.each([
    {
      what: 'a wrong secret',
      options: { secret: 'wrong' },
      problem: { kind: 'refused', condition: 'not-authorized' },
      says: /refused the secret of groups\.example\.com; make component\.secret, and component\.domain/,
    },
    {
      what: 'a domain that the server does not have',
      greeting:
        "<stream:stream xmlns:stream='http://etherx.jabber.org/streams' xmlns='jabber:component:accept' id='1'>" +
        "<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>",
      problem: { kind: 'refused', condition: 'host-unknown' },
      says: /knows no component groups\.example\.com; declare it/,
    },
    {
      what: 'a port where something else answers',
      greeting: 'HTTP/1.1 400 Bad Request\r\n\r\n<html>no</html>',
      problem: { kind: 'unreachable' },
      says: /does not speak XMPP; give component\.port/,
    },
    {
      what: 'XML that cannot be read',
      greeting: "<stream:stream xmlns:stream='http://etherx.jabber.org/streams' id='&bad;'>",
      problem: { kind: 'unreachable' },
      says: /does not speak XMPP/,
    },
  ])('says what is wrong: $what', async ({ options, greeting, problem, says }) => {
    server.greeting = greeting;
    const started = await makeLink({ retryFirst: false, ...options }).start();
    expect(started).toMatchObject({ ok: false, error: problem });
    expect(started.ok ? '' : started.error.sentence).toMatch(says);
  });

  it('says what is wrong: nothing listens', async () => {
    const unused = await startFakeServer(SECRET);
    await unused.close();
    const started = await makeLink({ retryFirst: false, port: unused.port }).start();
    expect(started).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
    expect(started.ok ? '' : started.error.sentence).toMatch(
      /nothing listens on 127\.0\.0\.1:\d+; start the server/,
    );
  });

  it('goes on trying when it is told to', async () => {
    const link = makeLink({ secret: 'wrong' });
    const started = link.start();
    const [problem] = await once(link, 'retry');
    expect(problem).toMatchObject({ condition: 'not-authorized' });
    await once(link, 'retry');
    expect(server.count()).toBe(2);
    await link.stop();
    expect(await started).toMatchObject({ ok: false, error: { kind: 'stopped' } });
  });

  it('stops while it is connecting', async () => {
    server.greeting = ' ';
    const link = makeLink();
    const started = link.start();
    await link.stop();
    expect(await started).toMatchObject({ ok: false, error: { kind: 'stopped' } });
  });
});

describe('stanzas that come in', () => {
  it('keeps characters whole whose bytes come in different chunks', async () => {
    const { link, peer } = await connected();
    const bytes = Buffer.from(messageOf('one') + messageOf('Привет 🎉'), 'utf8');
    // Between two bytes of the emoji: what came before has been read when the first message is out.
    const middle = bytes.indexOf(Buffer.from('🎉', 'utf8')) + 2;
    const first = stanzas(link, 1);
    peer.socket.write(bytes.subarray(0, middle));
    await first;
    const second = stanzas(link, 1);
    peer.socket.write(bytes.subarray(middle));
    expect((await second).map(bodyOf)).toEqual(['Привет 🎉']);
  });

  it.each([
    { depth: 64, passes: true },
    { depth: 65, passes: false },
    { depth: 20_000, passes: false },
  ])('passes on $depth levels: $passes', async ({ depth, passes }) => {
    const { link, peer } = await connected();
    const came = stanzas(link, passes ? 2 : 1);
    const levels = depth - 2;
    peer.socket.write(
      messageOf('<a>'.repeat(levels) + '</a>'.repeat(levels), 'deep') + messageOf('after', 'next'),
    );
    expect((await came).map((stanza) => stanza.attrs.id)).toEqual(passes ? ['deep', 'next'] : ['next']);
    if (!passes) {
      const [answer] = await peer.receives(/<message [^>]*type='error'.*?<\/message>/);
      expect(answer).toMatch(/from='room@groups\.example\.com'/);
      expect(answer).toMatch(/to='a@example\.com'/);
      expect(answer).toMatch(/id='deep'/);
      expect(answer).toMatch(/<policy-violation /);
    }
  });

  it('reads a text of many megabytes without going through it again and again', async () => {
    const { link, peer } = await connected();
    const came = stanzas(link, 2);
    const text = 'All the world is a stage &gt; '.repeat(300_000);
    peer.socket.write(messageOf(text) + messageOf('after', 'next'));
    const [long, next] = await came;
    expect(bodyOf(long)).toHaveLength(text.length - 3 * 300_000);
    expect(bodyOf(next)).toBe('after');
  });

  it('reads nothing while it is not to, and all of it afterwards', async () => {
    const { link, peer } = await connected();
    const seen: string[] = [];
    link.on('stanza', (stanza) => seen.push(bodyOf(stanza)));
    link.listen(false);
    await new Promise((resolve) => peer.socket.write(messageOf('one'), resolve));
    // By now the socket would have been read.
    link.write(messageOf('to the server', 'm2'));
    await peer.receives(/m2/);
    expect(seen).toEqual([]);
    const came = stanzas(link, 1);
    link.listen(true);
    await came;
    expect(seen).toEqual(['one']);
  });

  it('goes on after a listener has failed', async () => {
    const { link, peer } = await connected();
    link.once('stanza', () => {
      throw new Error('a fault in the listener');
    });
    const came = stanzas(link, 1);
    peer.socket.write(messageOf('one') + messageOf('two'));
    expect((await came).map(bodyOf)).toEqual(['two']);
  });
});

describe('query', () => {
  it('takes the answer of the asked one alone', async () => {
    const { link, peer } = await connected();
    const strays = stanzas(link, 1);
    const answer = link.query(SERVER, ping.build({}), 'get');
    const [, id] = await peer.receives(/<iq [^>]*id='([^']+)'/);
    expect(peer.received()).toMatch(/from='groups\.example\.com' to='example\.com'/);
    peer.socket.write(`<iq type='result' from='evil.example' to='groups.example.com' id='${id}'/>`);
    expect((await strays).map((stanza) => stanza.attrs.from)).toEqual(['evil.example']);
    peer.socket.write(`<iq type='result' from='example.com' to='groups.example.com' id='${id}'/>`);
    expect(await answer).toMatchObject({ ok: true, value: { attrs: { from: 'example.com' } } });
  });

  it('fails when no answer comes in time', async () => {
    const { link } = await connected();
    const answer = await link.query(SERVER, ping.build({}), 'get', { timeoutMs: 10 });
    expect(answer).toEqual({ ok: false, error: { kind: 'timeout' } });
  });

  it('fails when the link goes down, and when it is down', async () => {
    const { link, peer } = await connected();
    const answer = link.query(SERVER, ping.build({}), 'get');
    peer.socket.destroy();
    expect(await answer).toEqual({ ok: false, error: { kind: 'down' } });
    expect(await link.query(SERVER, ping.build({}), 'get')).toEqual({ ok: false, error: { kind: 'down' } });
  });
});

describe('a connection that ends', () => {
  it.each([
    { what: 'is cut', end: (peer: Peer) => peer.socket.resetAndDestroy(), kind: 'closed' },
    { what: 'is closed', end: (peer: Peer) => peer.socket.end('</stream:stream>'), kind: 'closed' },
    { what: 'is ended without a word', end: (peer: Peer) => peer.socket.end(), kind: 'closed' },
    { what: 'carries what is not XML', end: (peer: Peer) => peer.socket.write('<a></b>'), kind: 'closed' },
    {
      what: 'carries an unknown entity',
      end: (peer: Peer) => peer.socket.write('<a>&b;</a>'),
      kind: 'closed',
    },
    {
      what: 'is taken over',
      end: (peer: Peer) =>
        peer.socket.end(
          "<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>",
        ),
      kind: 'refused',
    },
    {
      what: 'is sent elsewhere',
      end: (peer: Peer) =>
        peer.socket.end(
          "<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>127.0.0.1:1</see-other-host></stream:error>",
        ),
      kind: 'refused',
    },
  ])('comes back when it $what', async ({ end, kind }) => {
    const { link, peer } = await connected();
    const down = once(link, 'down');
    const next = server.accepts();
    const up = once(link, 'up');
    end(peer);
    expect(await down).toMatchObject([{ kind }]);
    const again = await next;
    await up;
    const came = stanzas(link, 1);
    again.socket.write(messageOf('again'));
    expect((await came).map(bodyOf)).toEqual(['again']);
  });

  it('is noticed when the server falls silent', async () => {
    const { link, peer } = await connected({ rhythm: { everyMs: 20, graceMs: 10 } });
    const [ping] = await peer.receives(/<iq [^>]*><ping xmlns='urn:xmpp:ping'\/><\/iq>/);
    expect(ping).toMatch(/from='groups\.example\.com' to='groups\.example\.com'/);
    expect(await once(link, 'down')).toMatchObject([{ kind: 'silent' }]);
  });

  it('is not taken for silent while it is not listened to and reads', async () => {
    const { link, peer } = await connected({ rhythm: { everyMs: 20, graceMs: 10 } });
    link.listen(false);
    const downs: unknown[] = [];
    link.on('down', (problem) => downs.push(problem));
    await peer.receives(/(<iq .*?){5}/);
    expect(downs).toEqual([]);
  });

  it('swallows the pings that the server sends back', async () => {
    const { link, peer } = await connected({ rhythm: { everyMs: 10, graceMs: 60_000 } });
    peer.socket.on('data', (chunk) => peer.socket.write(chunk));
    const came = stanzas(link, 1);
    await peer.receives(/(<iq .*?){4}/);
    peer.socket.write(messageOf('after'));
    expect((await came).map(bodyOf)).toEqual(['after']);
  });
});

describe('write', () => {
  it('takes nothing while the link is down', async () => {
    const link = makeLink();
    expect(link.write(messageOf('early'))).toBe('down');
    const [peer] = await Promise.all([server.accepts(), link.start()]);
    expect(link.write(messageOf('late', 'm2'))).toBe('taken');
    await peer.receives(/m2/);
    expect(peer.received()).not.toContain('early');
  });

  it('asks to hold when too much is waiting, and says when it has gone out', async () => {
    const { link, peer } = await connected();
    peer.socket.pause();
    const text = messageOf('x'.repeat(500_000));
    let written = 1;
    while (link.write(text) === 'taken') written += 1;
    const drained = once(link, 'drain');
    peer.socket.resume();
    await drained;
    expect(link.write(messageOf('last', 'last'))).toBe('taken');
    await peer.receives(/id='last'/);
    expect(peer.received().split('<message').length - 1).toBe(written + 1);
  });

  it('writes again what had not gone out when the connection broke, in order and before what is new', async () => {
    const { link, peer } = await connected();
    peer.socket.pause();
    for (let n = 0, outcome = 'taken'; outcome === 'taken'; n += 1) {
      outcome = link.write(messageOf('x'.repeat(500_000), `big-${n}`));
    }
    link.write(messageOf('kept', 'kept-1'));
    link.write(messageOf('kept', 'kept-2'));
    const next = server.accepts();
    link.once('up', () => link.write(messageOf('new', 'new')));
    peer.socket.resetAndDestroy();
    const again = await next;
    await again.receives(/id='new'/);
    const ids = [...again.received().matchAll(/ id='((?:kept|new)[^']*)'/g)].map(([, id]) => id);
    expect(ids).toEqual(['kept-1', 'kept-2', 'new']);
  });

  it('does not write again the long stanza at which the server ended the stream, but what came with it', async () => {
    const { link, peer } = await connected();
    peer.socket.pause();
    const long = 'x'.repeat(8_000_000);
    link.write(messageOf(long, 'first'), true);
    link.write(messageOf(long, 'several'));
    link.write(messageOf('kept', 'kept'), true);
    expect(link.fits(long)).toBe(true);
    const next = server.accepts();
    link.once('up', () => link.write(messageOf('new', 'new')));
    peer.socket.write(
      `<stream:error><policy-violation xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>`,
    );
    const again = await next;
    await again.receives(/id='new'/);
    const ids = [...again.received().matchAll(/ id='([^']*)'/g)].map(([, id]) => id);
    expect(ids).toEqual(['several', 'kept', 'new']);
    expect(link.fits(long)).toBe(false);
  });

  it('does not write again what has gone out', async () => {
    const { link, peer } = await connected();
    link.write(messageOf('out', 'out'));
    await peer.receives(/id='out'/);
    const next = server.accepts();
    link.once('up', () => link.write(messageOf('new', 'new')));
    peer.socket.resetAndDestroy();
    const again = await next;
    await again.receives(/id='new'/);
    expect(again.received()).not.toContain("id='out'");
  });

  it('lets what was taken go out before it stops', async () => {
    const { link, peer } = await connected();
    for (let n = 0; n < 50; n += 1) link.write(messageOf('x'.repeat(50_000), `n-${n}`));
    const ended = peer.receives(/<\/stream:stream>/);
    await link.stop();
    await ended;
    expect(peer.received()).toContain("id='n-49'");
    expect(link.isUp()).toBe(false);
    expect(link.write(messageOf('late'))).toBe('down');
  });
});
