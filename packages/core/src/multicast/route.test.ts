import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Jid } from '../jid/index.js';
import type { ErrorCondition } from '../stanza/index.js';
import { bare, full } from '../testing/jids.js';
import { serialise, xml } from '../xml/index.js';
import { isFromService, piecesOn, routeAfter, routeTo } from './route.js';
import type { FoundService } from './search.js';
import { linesOf, listIn } from './testing/reading.js';

const service: FoundService = { jid: bare('multicast.example.net'), limit: 3, blind: true, announced: true };
const people = (count: number) => Array.from({ length: count }, (_, place) => bare(`u${place}@example.net`));
const draft = xml('message', { type: 'chat', id: 'c1' }, [
  xml('body', { xmlns: 'jabber:client' }, ['(encrypted)']),
]);

describe('routeTo', () => {
  it.each([
    ['one recipient', people(1), service, { kind: 'each', recipients: people(1) }],
    ['nobody', [], service, { kind: 'each', recipients: [] }],
    ['several without a service', people(2), undefined, { kind: 'each', recipients: people(2) }],
    ['several', people(2), service, { kind: 'service', service, batches: [people(2)], type: 'to' }],
    ['the same twice', [...people(1), ...people(1)], service, { kind: 'each', recipients: people(1) }],
    [
      'more than the limit',
      people(7),
      service,
      { kind: 'service', service, batches: [people(3), people(6).slice(3), people(7).slice(6)], type: 'to' },
    ],
  ])('%s', (_, recipients, by, route) => {
    expect(routeTo(recipients, by)).toEqual(route);
  });

  it.each([
    [true, true, 'bcc'],
    [true, false, 'to'],
    [false, true, 'to'],
  ])('hidden %s, a service that can hide %s: %s (reference 3.7)', (hidden, blind, type) => {
    expect(routeTo(people(2), { ...service, blind }, { hidden })).toMatchObject({ type });
  });
});

describe('piecesOn', () => {
  const texts = (...given: Parameters<typeof routeTo>) =>
    piecesOn(routeTo(...given), draft).map(({ stanza }) => serialise(stanza));

  it('one plain stanza for one recipient', () => {
    expect(texts(people(1), service)).toEqual([
      "<message type='chat' id='c1' to='u0@example.net'><body xmlns='jabber:client'>(encrypted)</body></message>",
    ]);
  });

  it('one stanza with a list for several, which stays outside of all else', () => {
    expect(texts(people(2), service)).toEqual([
      "<message type='chat' id='c1' to='multicast.example.net'>" +
        "<addresses xmlns='http://jabber.org/protocol/address'><address type='to' jid='u0@example.net'/>" +
        "<address type='to' jid='u1@example.net'/></addresses><body xmlns='jabber:client'>(encrypted)</body></message>",
    ]);
  });

  it('sends single stanzas no faster than ten in a second, and batches at once', () => {
    expect(piecesOn(routeTo(people(12)), draft).map(({ after }) => after)).toEqual([
      0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100,
    ]);
    expect(piecesOn(routeTo(people(7), service), draft).map(({ after }) => after)).toEqual([0, 0, 0]);
  });

  it('reaches everybody once, with one id, within the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 25 }), (count, limit) => {
        const pieces = piecesOn(routeTo(people(count), { ...service, limit }), draft);
        const stanzas = pieces.map(({ stanza }) => stanza);
        expect(pieces.flatMap(({ recipients }) => recipients)).toEqual(people(count));
        expect(stanzas).toHaveLength(Math.ceil(count / limit));
        const reached = stanzas.flatMap((stanza) => linesOf(listIn(stanza)) ?? [`to ${stanza.attrs.to}`]);
        expect(reached.sort()).toEqual(
          people(count)
            .map((jid) => `to ${jid}`)
            .sort(),
        );
        expect(stanzas.every(({ attrs }) => attrs.id === 'c1')).toBe(true);
      }),
    );
  });
});

describe('routeAfter a refusal', () => {
  it('hides the recipients as before', () => {
    const route = routeAfter(people(50), { ...service, limit: 100 }, 'not-acceptable', { hidden: true });
    expect(route).toMatchObject({ type: 'bcc' });
  });

  const sizes = (count: number, condition: ErrorCondition) => {
    const route = routeAfter(people(count), { ...service, limit: 100 }, condition);
    return route?.kind === 'service'
      ? route.batches.map(({ length }) => length)
      : (route?.recipients.length ?? 'later');
  };

  it.each<[ErrorCondition, number, number | string | number[]]>([
    ['not-acceptable', 50, [20, 20, 10]],
    ['not-acceptable', 20, [10, 10]],
    ['not-acceptable', 5, [2, 2, 1]],
    ['not-acceptable', 3, 3],
    ['forbidden', 50, 50],
    ['service-unavailable', 50, 50],
    ['remote-server-not-found', 50, 50],
    ['item-not-found', 50, 50],
    ['bad-request', 50, 50],
    ['resource-constraint', 50, 'later'],
    ['remote-server-timeout', 50, 'later'],
  ])('%s for %i recipients: %j', (condition, count, expected) => {
    expect(sizes(count, condition)).toEqual(expected);
  });

  it('ends with single stanzas, however often the service refuses', () => {
    let batch: readonly Jid[] = people(100);
    for (let times = 0; times < 10; times++) {
      const route = routeAfter(batch, service, 'not-acceptable');
      if (route?.kind !== 'service') return;
      batch = route.batches[0] ?? [];
    }
    throw new Error('no end');
  });

  it('is for errors of the service, not of one recipient (reference 2.9)', () => {
    expect(isFromService(bare('multicast.example.net'), service)).toBe(true);
    expect(isFromService(full('ann@example.net/phone'), service)).toBe(false);
  });
});
