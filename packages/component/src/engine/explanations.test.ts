import { beforeEach, describe, expect, it } from 'vitest';
import { jid } from '../../test/jids.js';
import { JULIET, MANTUA, ROMEO, VERONA } from '../../test/scene.js';
import { type ExplanationThrottle, explanationThrottle } from './explanations.js';

const to = (recipient: typeof JULIET, every = 60_000) =>
  ({ kind: 'explanation', to: recipient, text: 'No', users: [], every }) as const;

describe('explanationThrottle', () => {
  let throttle: ExplanationThrottle;
  beforeEach(() => {
    throttle = explanationThrottle();
    expect(throttle.allows(VERONA, to(JULIET), 1_000)).toBe(true);
  });

  it.each([
    { what: 'the same person at once', group: VERONA, who: JULIET, now: 1_000, allowed: false },
    { what: 'the same person within the time', group: VERONA, who: JULIET, now: 60_999, allowed: false },
    { what: 'the same person after it', group: VERONA, who: JULIET, now: 61_000, allowed: true },
    {
      what: 'another device of the same person',
      group: VERONA,
      who: jid('juliet@example.com/phone'),
      now: 2_000,
      allowed: false,
    },
    { what: 'somebody else', group: VERONA, who: ROMEO, now: 1_000, allowed: true },
    { what: 'the same person in another group', group: MANTUA, who: JULIET, now: 1_000, allowed: true },
  ])('$what: $allowed', ({ group, who, now, allowed }) => {
    expect(throttle.allows(group, to(who), now)).toBe(allowed);
  });

  it('counts from what was said, not from what was held back', () => {
    expect(throttle.allows(VERONA, to(JULIET), 60_000)).toBe(false);
    expect(throttle.allows(VERONA, to(JULIET), 61_000)).toBe(true);
    expect(throttle.allows(VERONA, to(JULIET), 120_999)).toBe(false);
  });
});
