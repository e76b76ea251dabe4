import { describe, expect, it } from 'vitest';
import { bareOf } from '../../jid/index.js';
import { bare } from '../../testing/jids.js';
import { nextWay, ways } from './ways.js';

const jids = (count: number) => Array.from({ length: count }, (_, index) => bare(`u${index}@example.net`));
const service = { jid: bare('multicast.example.net'), addressType: 'to' } as const;

describe('the ways to many', () => {
  it.each([
    [2, undefined, [2]],
    [100, undefined, [100]],
    [102, undefined, [100, 2]],
    [101, undefined, [100, 0]],
    [5, 2, [2, 2, 0]],
    [40, 20, [20, 20]],
    [3, 0, [0, 0, 0]],
  ])('%i recipients, a limit of %s: lists of %j', (count, limit, sizes) => {
    const envelopes = ways(jids(count), { ...service, limit });
    expect(envelopes.map(({ addresses }) => addresses?.jids.length ?? 0)).toEqual(sizes);
    expect(envelopes.flatMap(({ to, addresses }) => addresses?.jids ?? [bareOf(to)])).toEqual(jids(count));
  });

  it('to nobody are none', () => {
    expect(ways([], service)).toEqual([]);
  });
});

describe('after a refusal', () => {
  it.each([
    ['too many addresses: smaller batches', 60, 'not-acceptable', { ...service, limit: 20 }],
    ['still too many', 20, 'not-acceptable', { ...service, limit: 10 }],
    ['even two are too many: single stanzas', 2, 'not-acceptable', undefined],
    ['not for me', 60, 'forbidden', undefined],
    ['no such service', 60, 'service-unavailable', undefined],
    ['not there', 60, 'remote-server-not-found', undefined],
    ['ejabberd, when the domain is no service', 60, 'item-not-found', undefined],
    ['something else', 60, 'bad-request', 'failed'],
  ] as const)('%s', (_, count, condition, next) => {
    expect(nextWay(service, count, condition)).toEqual(next);
  });
});
