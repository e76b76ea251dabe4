import { expect, it } from 'vitest';
import { ATTEMPTS, waitAfterConflict } from './back-off.js';

/** The longest and the shortest wait that chance may choose. */
const longest = (failures: number): number => waitAfterConflict(failures, (below) => below - 1);
const shortest = (failures: number): number => waitAfterConflict(failures, () => 0);

it('does not wait after the first conflict, and up to twice as long after each further one', () => {
  expect([1, 2, 3, 4, 5].map(longest)).toEqual([0, 5, 10, 20, 40]);
  expect([1, 2, 3, 4, 5].map(shortest)).toEqual([0, 0, 0, 0, 0]);
});

it('never waits longer than half a second, nor all in all longer than patience lasts elsewhere', () => {
  const waits = Array.from({ length: ATTEMPTS - 1 }, (_, failures) => longest(failures + 1));
  expect(Math.max(...waits)).toBe(500);
  expect(waits.reduce((sum, wait) => sum + wait)).toBeLessThan(10_000);
});
