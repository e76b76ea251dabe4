import { describe, expect, it } from 'vitest';
import { type Allowance, spend } from './rate.js';

const LIMITS = { stanzasPerSecond: 2, recipientsPerMinute: 60 };

/** What becomes of stanzas, each at a time with so many recipients. */
function outcomes(stanzas: readonly (readonly [at: number, recipients: number])[]): string[] {
  let left: Allowance | undefined;
  return stanzas.map(([at, recipients]) => {
    const spent = spend(left, recipients, at, LIMITS);
    if (!spent.ok) return spent.error.condition;
    left = spent.value;
    return 'sent';
  });
}

describe('spend', () => {
  it.each([
    [
      'a few at once, then more with time',
      [
        [0, 1],
        [0, 1],
        [0, 1],
        [499, 1],
        [500, 1],
      ],
      ['sent', 'sent', 'policy-violation', 'policy-violation', 'sent'],
    ],
    [
      'recipients of a minute',
      [
        [0, 60],
        [10_000, 11],
        [10_000, 10],
        [70_000, 60],
      ],
      ['sent', 'resource-constraint', 'sent', 'sent'],
    ],
    [
      'more recipients than any minute has',
      [
        [0, 61],
        [0, 60],
      ],
      ['resource-constraint', 'sent'],
    ],
    [
      'a clock that goes back',
      [
        [1000, 1],
        [0, 1],
        [0, 1],
        [1500, 1],
      ],
      ['sent', 'sent', 'policy-violation', 'sent'],
    ],
  ] as const)('%s', (_, stanzas, expected) => {
    expect(outcomes(stanzas)).toEqual(expected);
  });

  it('has usual rates', () => {
    expect(spend(undefined, 2000, 0)).toEqual({ ok: true, value: { stanzas: 19, recipients: 0, at: 0 } });
  });
});
