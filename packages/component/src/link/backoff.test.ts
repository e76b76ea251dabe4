import { describe, expect, it } from 'vitest';
import { waitBefore } from './backoff.js';

describe('waitBefore', () => {
  it.each([
    { failures: 0, random: 1, wait: 500 },
    { failures: 0, random: 0.5, wait: 250 },
    { failures: 1, random: 1, wait: 1_000 },
    { failures: 5, random: 1, wait: 16_000 },
    { failures: 6, random: 1, wait: 30_000 },
    { failures: 6, random: 0.1, wait: 3_000 },
    { failures: 5_000, random: 1, wait: 30_000 },
    { failures: 3, random: 0, wait: 0 },
  ])('after $failures failures, with chance $random: $wait ms', ({ failures, random, wait }) => {
    expect(waitBefore(failures, random)).toBe(wait);
  });
});
