import { readStanza, type Stanza } from '@xmpp-groups/core/stanza';
import { elementsOf, type XmlElement } from '@xmpp-groups/core/xml';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { members, messageTo } from '../../test/deliveries.js';
import { elementFrom, type FakeLink, fakeLink, stanzasIn } from '../../test/fake-link.js';
import { bare } from '../../test/jids.js';
import { createOutlet, type Outlet } from './outlet.js';
import type { Way } from './ways.js';

const SPLICE: Way = { kind: 'splice' };
const SERVICE = bare('multicast.example.com');
const MULTICAST: Way = { kind: 'multicast', service: { jid: SERVICE, limit: 2 } };

let link: FakeLink;
let outlet: Outlet;
let sent: string[];
let fallBacks: number;

beforeEach(() => {
  link = fakeLink();
  sent = [];
  fallBacks = 0;
  outlet = createOutlet(link, {
    sent: (kind, stanzas, recipients) => sent.push(`${kind}: ${stanzas} for ${recipients}`),
    fellBack: () => {
      fallBacks += 1;
    },
  });
});

const send = (text: string, recipients = members(1), ordered = true): void =>
  outlet.send([messageTo(recipients, text, ordered)]);

/** What was written: `id > to`. */
const written = (): string[] =>
  stanzasIn(link.written.join('')).map(({ attrs }) => `${attrs.id} > ${attrs.to}`);
const ids = (): (string | undefined)[] => stanzasIn(link.written.join('')).map(({ attrs }) => attrs.id);
const iq = (id: string): string => `<iq id='${id}' to='a@example.com' type='result'/>`;

function understood(element: XmlElement): Stanza {
  const read = readStanza(element);
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
}

describe('an outlet', () => {
  it('writes at once what comes together as one text', () => {
    outlet.open(SPLICE);
    outlet.send([messageTo(members(2), 'one'), messageTo(members(1), 'two')]);
    expect(link.written).toHaveLength(1);
    expect(written()).toEqual([
      'one > user0@example.com',
      'one > user1@example.com',
      'two > user0@example.com',
    ]);
    expect(sent).toEqual(['message: 2 for 2', 'message: 1 for 1']);
  });

  it('writes nothing at all for nobody', () => {
    outlet.open(SPLICE);
    send('alone', []);
    expect(link.written).toEqual([]);
  });

  it('sends what is ordered by the way, and the rest one by one', () => {
    outlet.open(MULTICAST);
    send('ordered', members(3));
    send('free', members(2), false);
    expect(written()).toEqual([
      `ordered > ${SERVICE}`,
      `ordered > ${SERVICE}`,
      'free > user0@example.com',
      'free > user1@example.com',
    ]);
    expect(sent).toEqual(['message: 2 for 3', 'message: 2 for 2']);
  });

  it('keeps everything in order until the way is known', () => {
    send('history', members(1), false);
    outlet.sendText(iq('end'));
    send('copy');
    expect(link.written).toEqual([]);
    outlet.open(SPLICE);
    send('new');
    expect(ids()).toEqual(['history', 'end', 'copy', 'new']);
  });

  it('holds back while the link is full, and goes on in order when it has drained', () => {
    outlet.open(SPLICE);
    link.outcome = 'full';
    send('one');
    send('two');
    outlet.sendText(iq('three'));
    expect(ids()).toEqual(['one']);
    outlet.drained();
    expect(ids()).toEqual(['one', 'two']);
    link.outcome = 'taken';
    outlet.drained();
    send('four');
    expect(ids()).toEqual(['one', 'two', 'three', 'four']);
  });

  it('keeps what a link that is down did not take, and writes it first when it is up again', () => {
    outlet.open(SPLICE);
    link.outcome = 'down';
    send('one');
    send('two');
    outlet.close();
    send('three', members(3));
    outlet.sendText(iq('four'));
    outlet.drained();
    expect(link.written).toEqual([]);
    link.outcome = 'taken';
    outlet.open(MULTICAST);
    expect(written()).toEqual([
      'one > user0@example.com',
      'two > user0@example.com',
      `three > ${SERVICE}`,
      `three > ${SERVICE}`,
      'four > a@example.com',
    ]);
  });
});

describe('congestion', () => {
  const large = 'x'.repeat(1024 * 1024);

  it.each([
    ['the link is full', () => outlet.open(SPLICE)],
    ['the way is not known', () => undefined],
  ])('begins when too much waits while %s, and ends when it is gone', (_, prepare) => {
    prepare();
    link.outcome = 'full';
    send('first');
    for (let count = 0; count < 63; count += 1) send(large);
    expect(outlet.isCongested()).toBe(false);
    send(large);
    send(large);
    expect(outlet.isCongested()).toBe(true);
    link.outcome = 'taken';
    outlet.open(SPLICE);
    expect(outlet.isCongested()).toBe(false);
  });
});

describe('a link that takes nothing', () => {
  const large = 'x'.repeat(1024 * 1024);
  const iqs = (count: number): void => {
    for (let at = 0; at < count; at += 1) outlet.sendText(large);
  };

  it('is not listened to when twice as much waits as is refused, until half of it is gone', () => {
    outlet.open(SPLICE);
    link.outcome = 'full';
    iqs(129);
    expect(link.isHeard).toBe(true);
    iqs(1);
    expect(link.isHeard).toBe(false);
    for (let at = 0; at < 64; at += 1) outlet.drained();
    expect(link.isHeard).toBe(false);
    outlet.drained();
    expect(link.isHeard).toBe(true);
  });

  it('is listened to on its next connection', () => {
    outlet.open(SPLICE);
    link.outcome = 'full';
    iqs(130);
    outlet.close();
    expect(link.isHeard).toBe(true);
    iqs(130);
    expect(link.isHeard).toBe(true);
    outlet.open(SPLICE);
    expect(link.isHeard).toBe(false);
  });
});

describe('a delivery to many', () => {
  it('stops where the link is full, and goes on with the next recipient', () => {
    outlet.open(SPLICE);
    link.outcome = 'full';
    send('x'.repeat(700), members(120));
    send('behind');
    expect(written()).toHaveLength(50);
    outlet.drained();
    expect(written()).toHaveLength(100);
    link.outcome = 'taken';
    outlet.drained();
    const to = stanzasIn(link.written.join('')).map(({ attrs }) => attrs.to);
    expect(to).toEqual([...members(120), 'user0@example.com']);
    expect(sent).toEqual(['message: 120 for 120', 'message: 1 for 1']);
  });

  it('goes on after what the link did not take', () => {
    outlet.open(SPLICE);
    link.outcome = 'full';
    send('x'.repeat(700), members(120));
    link.outcome = 'down';
    outlet.drained();
    outlet.close();
    link.outcome = 'taken';
    outlet.open(MULTICAST);
    expect(stanzasIn(link.written.join('')).map(({ attrs }) => attrs.to)).toEqual(members(120));
    expect(sent).toEqual(['message: 120 for 120']);
  });

  it('counts with all of its stanzas', () => {
    outlet.open(SPLICE);
    link.outcome = 'full';
    send('first');
    send('x'.repeat(10_000), members(6_500));
    expect(outlet.isCongested()).toBe(false);
    send('x'.repeat(10_000), members(300));
    expect(outlet.isCongested()).toBe(true);
  });
});

it('is busy while the way is not known, the link is full, or something waits', () => {
  expect(outlet.isBusy()).toBe(true);
  outlet.open(SPLICE);
  expect(outlet.isBusy()).toBe(false);
  link.outcome = 'full';
  send('one');
  expect(outlet.isBusy()).toBe(true);
  link.outcome = 'taken';
  outlet.drained();
  expect(outlet.isBusy()).toBe(false);
  expect(outlet.fits('x')).toBe(true);
});

describe('emptied', () => {
  it('is at once when nothing waits', async () => {
    expect(await outlet.emptied(0)).toBe(0);
  });

  it('waits for what waits', async () => {
    outlet.open(SPLICE);
    link.outcome = 'full';
    send('one');
    send('two');
    const emptied = outlet.emptied(60_000);
    link.outcome = 'taken';
    outlet.drained();
    expect(await emptied).toBe(0);
    expect(ids()).toEqual(['one', 'two']);
  });

  it('waits for the way, too', async () => {
    send('one');
    const emptied = outlet.emptied(60_000);
    outlet.open(SPLICE);
    expect(await emptied).toBe(0);
  });

  it('does not wait for ever, and says what is left', async () => {
    vi.useFakeTimers();
    try {
      send('one');
      const emptied = outlet.emptied(3_000);
      await vi.advanceTimersByTimeAsync(3_000);
      expect(await emptied).toBeGreaterThan(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a list that comes back', () => {
  /** The stanza as the service sends it back. */
  const bounce = (stanza: XmlElement): XmlElement => ({
    ...stanza,
    attrs: { ...stanza.attrs, from: stanza.attrs.to, to: stanza.attrs.from, type: 'error' },
    children: [
      ...stanza.children,
      elementFrom(
        "<error type='modify'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>",
      ),
    ],
  });

  it('goes out one by one, as do all others that come back, and everything from then on', () => {
    outlet.open(MULTICAST);
    send('one', members(3));
    send('two', members(2));
    const lists = stanzasIn(link.written.splice(0).join(''));
    expect(lists).toHaveLength(3);
    for (const list of lists) expect(outlet.takeBounce(understood(bounce(list)))).toBe(true);
    send('three', members(2));
    expect(written()).toEqual([
      'one > user0@example.com',
      'one > user1@example.com',
      'one > user2@example.com',
      'two > user0@example.com',
      'two > user1@example.com',
      'three > user0@example.com',
      'three > user1@example.com',
    ]);
    expect(fallBacks).toBe(1);
    const [again] = stanzasIn(link.written[0] ?? '');
    expect(again && elementsOf(again).map(({ name }) => name)).toEqual(['body']);
    expect(again?.attrs).toMatchObject({ type: 'chat', from: 'verona@groups.example.com' });
  });

  it('is no such thing when it comes from elsewhere, is an IQ, or is no error', () => {
    outlet.open(MULTICAST);
    send('one', members(2));
    const [list] = stanzasIn(link.written.splice(0).join(''));
    if (list === undefined) throw new Error('nothing was written');
    const bounced = bounce(list);
    const others: XmlElement[] = [
      { ...bounced, attrs: { ...bounced.attrs, from: 'user0@example.com' } },
      { ...bounced, attrs: { ...bounced.attrs, type: 'chat' } },
      { ...bounced, name: 'iq' },
    ];
    for (const other of others) expect(outlet.takeBounce(understood(other))).toBe(false);
    send('two', members(2));
    expect(written()).toEqual([`two > ${SERVICE}`]);
    expect(fallBacks).toBe(0);
  });

  it('means nothing where no multicast service was ever used', () => {
    outlet.open(SPLICE);
    expect(
      outlet.takeBounce(
        understood(elementFrom(`<message type='error' from='${SERVICE}' to='groups.example.com'/>`)),
      ),
    ).toBe(false);
  });

  it('is tried again on the next connection', () => {
    outlet.open(MULTICAST);
    send('one', members(2));
    const [list] = stanzasIn(link.written.splice(0).join(''));
    if (list !== undefined) outlet.takeBounce(understood(bounce(list)));
    outlet.close();
    outlet.open(MULTICAST);
    link.written.length = 0;
    send('two', members(2));
    expect(written()).toEqual([`two > ${SERVICE}`]);
  });
});
