import { expect, it } from 'vitest';
import { slicesOf } from './page-slices.js';

it.each([
  ['nothing', { first: 5, last: 4 }, 'forward', []],
  ['one place', { first: 5, last: 5 }, 'backward', [[5, 5]]],
  [
    'from the oldest',
    { first: 1, last: 2049 },
    'forward',
    [
      [1, 1024],
      [1025, 2048],
      [2049, 2049],
    ],
  ],
  [
    'from the newest',
    { first: 1, last: 2049 },
    'backward',
    [
      [1026, 2049],
      [2, 1025],
      [1, 1],
    ],
  ],
] as const)('a stretch in slices: %s', (_what, stretch, direction, expected) => {
  expect([...slicesOf(stretch, direction)].map(({ first, last }) => [first, last])).toEqual(expected);
});

it('slices of another size', () => {
  const places = { first: 1, last: 100 };
  expect([...slicesOf(places, 'forward', 40)].map(({ last }) => last)).toEqual([40, 80, 100]);
  expect([...slicesOf(places, 'backward', 40)].map(({ first }) => first)).toEqual([61, 21, 1]);
});
