import { describe, expect, it } from 'vitest';
import { bare } from '../../testing/jids.js';
import { comparePin, isAccepted, judgeKey, type KnownKey, offerKey, pin } from './known-key.js';

const ANN = bare('ann@example.net');
const offer = (
  known: readonly KnownKey[],
  fingerprint: string,
  userIds = ['Ann <ann@example.net>'],
  now = 5,
) => {
  const offered = offerKey(known, { fingerprint, userIds }, ANN, now);
  if (!offered.ok) throw new Error(offered.error.reason);
  return offered.value;
};

describe('offerKey', () => {
  it('believes the first, and asks about every other', () => {
    const first = offer([], 'A');
    expect(first).toEqual({
      news: 'first',
      keys: [{ fingerprint: 'A', userIds: ['Ann <ann@example.net>'], standing: 'first', since: 5 }],
    });
    const second = offer(first.keys, 'B');
    expect(second.news).toBe('changed');
    expect(second.keys.map(({ standing }) => standing)).toEqual(['first', 'unconfirmed']);
  });

  it('knows a key again, with the user ids that it has now', () => {
    const refused = judgeKey(offer([], 'A').keys, 'A', 'refused');
    const again = offer(refused, 'A', ['ann@example.net'], 9);
    expect(again.news).toBe('none');
    expect(again.keys).toEqual([
      { fingerprint: 'A', userIds: ['ann@example.net'], standing: 'refused', since: 5 },
    ]);
  });

  it('asks about a key that comes after one that was refused', () => {
    expect(offer(judgeKey(offer([], 'A').keys, 'A', 'refused'), 'B').news).toBe('changed');
  });

  it.each([[[]], [['Ben <ben@example.net>']], [['Ann']]])(
    'refuses a key that does not name the JID: %j',
    (userIds) => {
      expect(offerKey([], { fingerprint: 'A', userIds }, ANN, 5)).toMatchObject({ ok: false });
    },
  );

  it('keeps so many, and those that count', () => {
    let keys = judgeKey(offer([], 'A').keys, 'A', 'verified');
    for (let place = 0; place < 60; place++) keys = offer(keys, `N${place}`).keys;
    expect(keys).toHaveLength(50);
    expect(keys.filter(isAccepted).map(({ fingerprint }) => fingerprint)).toEqual(['A']);
    const verified = keys.map((key): KnownKey => ({ ...key, standing: 'verified' }));
    expect(offer(verified, 'B').keys).toHaveLength(50);
  });
});

describe('a pin', () => {
  it('is the key that a group has seen at work first, until the user confirms another', () => {
    const none = new Map();
    expect(comparePin(none, ANN, 'A')).toBe('first');
    const pinned = pin(none, ANN, 'A');
    expect(comparePin(pinned, ANN, 'A')).toBe('same');
    expect(comparePin(pinned, ANN, 'B')).toBe('changed');
    expect(comparePin(pin(pinned, ANN, 'B'), ANN, 'B')).toBe('same');
    expect(comparePin(pinned, ANN, 'B')).toBe('changed');
  });
});
