import { once } from 'node:events';
import { ping } from '@xmpp-groups/core/xep';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeShim, type Runner, startFakeShim } from '../../test/fake-shim.js';
import { bare, jid } from '../../test/jids.js';
import type { HandOver, ServerEvent } from '../link/link.js';
import { type BridgeLink, createBridgeLink } from './bridge-link.js';
import type { Frame } from './frames.js';
import type { RunnerRole } from './handshake.js';

const DOMAIN = bare('groups.example.com');
const SERVER = jid('example.com');

let shim: FakeShim;
let link: BridgeLink;
let logged: string[];

beforeEach(async () => {
  shim = await startFakeShim('the-secret');
  logged = [];
  link = linkWith();
});
afterEach(async () => {
  await link.stop();
  await shim.close();
});

function linkWith(
  more: { secret?: string; retryFirst?: boolean; port?: number } & Partial<RunnerRole> = {},
): BridgeLink {
  const { secret = 'the-secret', retryFirst = false, port = shim.port, ...role } = more;
  return createBridgeLink({
    address: { host: '127.0.0.1', port },
    domain: DOMAIN,
    ...role,
    secret,
    retryFirst,
    log: pino({ base: null, timestamp: false }, { write: (line) => logged.push(line) }),
    random: () => 0.01,
  });
}

async function up(): Promise<Runner> {
  const [runner, started] = await Promise.all([shim.accepts(), link.start()]);
  expect(started).toEqual({ ok: true, value: undefined });
  return runner;
}

const stanza = (number: number, id: string, again = false): Extract<Frame, { kind: 'stanza' }> => ({
  kind: 'stanza',
  number,
  again,
  done: 0,
  since: 1,
  first: number,
  xml: `<message from='a@example.com/x' to='verona@groups.example.com' id='${id}'/>`,
});

/** The ids of the stanzas that arrive, with what they are acknowledged by. */
function arrivals(): { id: string | undefined; handOver: HandOver | undefined }[] {
  const arrived: { id: string | undefined; handOver: HandOver | undefined }[] = [];
  link.on('stanza', ({ attrs }, handOver) => arrived.push({ id: attrs.id, handOver }));
  return arrived;
}

describe('a link to the module inside ejabberd', () => {
  it('hands stanzas on, and acknowledges together what is done together', async () => {
    const arrived = arrivals();
    const runner = await up();
    runner.tell(stanza(1, 'a'));
    runner.tell(stanza(2, 'b'));
    runner.tell(stanza(2, 'b'));
    runner.tell(stanza(3, 'c'));
    while (arrived.length < 3) await once(link, 'stanza');
    expect(arrived.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    for (const { handOver } of [arrived[2], arrived[0]].flatMap((one) => one ?? [])) {
      if (handOver !== undefined) link.acknowledge(handOver);
    }
    expect(await runner.says(1)).toEqual([{ kind: 'acknowledge', number: 1, stanzas: [3, 1] }]);
  });

  it('says what it was told while there was no connection, and again what was not confirmed', async () => {
    link.say({ kind: 'fanOut', recipients: ['r@example.com'], xml: '<message/>' });
    expect(link.isUp()).toBe(false);
    const runner = await up();
    link.write('<iq/>');
    expect(await runner.says(2)).toMatchObject([
      { kind: 'fanOut', number: 1 },
      { kind: 'route', number: 2 },
    ]);
    const down = once(link, 'down');
    runner.socket.resetAndDestroy();
    await down;
    link.write('<presence/>');
    shim.answer = { session: 'resumed', taken: 1 };
    const next = await shim.accepts();
    expect(next.proven.session).toEqual(runner.proven.session);
    expect(await next.says(2)).toMatchObject([
      { kind: 'route', number: 2, xml: '<iq/>' },
      { kind: 'route', number: 3, xml: '<presence/>' },
    ]);
    const drained = once(link, 'drain');
    next.tell({ kind: 'taken', number: 3 });
    await drained;
    expect(link.unconfirmed()).toBe(0);
  });

  it('tells where it stopped reading when it comes back', async () => {
    const runner = await up();
    const came = once(link, 'stanza');
    runner.tell(stanza(4, 'a'));
    await came;
    runner.socket.resetAndDestroy();
    shim.answer = { session: 'resumed', taken: 0 };
    expect((await shim.accepts()).proven.received).toBe(4);
  });

  it('rejects what it cannot read, and what nobody could handle', async () => {
    const runner = await up();
    runner.tell({ ...stanza(1, 'a'), xml: '<message><!-- --></message>' });
    link.on('stanza', () => {
      throw new Error('a fault');
    });
    runner.tell(stanza(2, 'b'));
    expect(await runner.says(2)).toMatchObject([
      { kind: 'reject', stanza: 1 },
      { kind: 'reject', stanza: 2, text: 'The group service could not handle this' },
    ]);
    expect(logged.join()).toMatch(/could not be read.*could not be handled/s);
  });

  it('asks, and takes the answer itself', async () => {
    const arrived = arrivals();
    const runner = await up();
    const asked = link.query(SERVER, ping.build({}), 'get');
    const [question] = await runner.says(1);
    const id = question?.kind === 'route' ? /id='([^']+)'/.exec(question.xml)?.[1] : undefined;
    expect(id).toMatch(new RegExp(`^${runner.proven.session.toString('hex').slice(0, 8)}-.{36}$`));
    runner.tell({
      ...stanza(1, ''),
      xml: `<iq type='result' from='example.com' to='groups.example.com' id='${id}'/>`,
    });
    expect(await asked).toMatchObject({ ok: true, value: { name: 'iq' } });
    expect(await runner.says(2)).toMatchObject([{}, { kind: 'acknowledge', stanzas: [1] }]);
    expect(arrived).toEqual([]);
    const lost = link.query(SERVER, ping.build({}), 'get');
    await runner.says(3);
    runner.socket.resetAndDestroy();
    expect(await lost).toEqual({ ok: false, error: { kind: 'down' } });
    expect(await link.query(SERVER, ping.build({}), 'get')).toEqual({ ok: false, error: { kind: 'down' } });
  });

  it('takes stanzas that fit into a frame', () => {
    expect(link.fits('x'.repeat(16_000_000))).toBe(true);
    expect(link.fits('\u00fc'.repeat(9_000_000))).toBe(false);
  });

  it('tells of events, and acknowledges those that nobody listens to or can read', async () => {
    await link.stop();
    link = linkWith({ serves: false, events: ['remove_user', 'vcard_set'] });
    const runner = await up();
    expect(runner.proven).toMatchObject({ serves: false, events: ['remove_user', 'vcard_set'] });
    const event = {
      kind: 'event',
      again: false,
      since: 1,
      name: 'remove_user',
      user: 'a@b.c',
      xml: '',
    } as const;
    runner.tell({ ...event, number: 1 });
    expect(await runner.says(1)).toEqual([{ kind: 'acknowledge', number: 1, stanzas: [1] }]);

    const heard: [event: ServerEvent, handOver?: HandOver][] = [];
    link.on('event', (...one) => heard.push(one));
    runner.tell({ ...event, number: 2, user: '@b.c' });
    runner.tell({ ...event, number: 3 });
    runner.tell({ ...event, number: 3 });
    runner.tell({ ...event, number: 0, name: 'user_send_packet', user: 'a@b.c/d', xml: '<message/>' });
    expect(await runner.says(2)).toMatchObject([{}, { kind: 'acknowledge', stanzas: [2] }]);
    while (heard.length < 2) await once(link, 'event');
    expect(heard).toEqual([
      [{ name: 'remove_user', user: 'a@b.c' }, { id: expect.stringMatching(/-3$/) }],
      [
        { name: 'user_send_packet', user: 'a@b.c/d', stanza: expect.objectContaining({ name: 'message' }) },
        undefined,
      ],
    ]);
    const [, first] = heard[0] ?? [];
    if (first !== undefined) link.acknowledge(first);
    expect(await runner.says(3)).toMatchObject([{}, {}, { kind: 'acknowledge', stanzas: [3] }]);
  });

  it('acknowledges an event on which its listener fails: another runner would fail, too', async () => {
    const runner = await up();
    link.on('event', () => {
      throw new Error('a fault');
    });
    runner.tell({
      kind: 'event',
      number: 1,
      again: false,
      since: 1,
      name: 'vcard_set',
      user: 'a@b.c',
      xml: '',
    });
    expect(await runner.says(1)).toMatchObject([{ kind: 'acknowledge', stanzas: [1] }]);
    expect(logged.join()).toContain('an event could not be handled');
  });

  it('tells how many serve', async () => {
    const runner = await up();
    const told = once(link, 'company');
    runner.tell({ kind: 'company', runners: 2 });
    expect(await told).toEqual([2]);
  });

  it('ends a connection on which something comes that is no frame, and makes another', async () => {
    const runner = await up();
    const retry = once(link, 'retry');
    runner.socket.write(Buffer.from([0, 0, 0, 1, 99]));
    const [problem] = await retry;
    expect(problem).toMatchObject({
      kind: 'closed',
      sentence: expect.stringContaining('a frame of the unknown kind 99'),
    });
    await shim.accepts();
  });

  it.each([
    {
      what: 'a wrong secret',
      more: () => ({ secret: 'another' }),
      problem: { kind: 'refused', condition: 'not-authorized' },
    },
    { what: 'nobody there', more: () => ({ port: 1 }), problem: { kind: 'unreachable' } },
  ])('does not come up with $what', async ({ more, problem }) => {
    link = linkWith(more());
    expect(await link.start()).toMatchObject({ ok: false, error: problem });
  });

  it('goes on trying when it was told to, until it is stopped', async () => {
    link = linkWith({ secret: 'another', retryFirst: true });
    const retried = once(link, 'retry');
    const started = link.start();
    await retried;
    await link.stop();
    expect(await started).toMatchObject({ ok: false, error: { kind: 'stopped' } });
  });

  it('lets what was said go out when it is stopped', async () => {
    const runner = await up();
    link.write('<presence/>');
    await link.stop();
    expect(await runner.says(1)).toMatchObject([{ kind: 'route' }]);
  });
});
