import { expect, it } from 'vitest';
import { listOf, none, withEntry, withoutEntry } from './entries.js';

it('is one object for all, as long as it is empty', () => {
  const empty = none<string, number>();
  expect(listOf([])).toBe(empty);
  expect(withoutEntry(empty, 'a')).toBe(empty);
  expect(withoutEntry(withEntry(empty, 'a', 1), 'a')).toBe(empty);
  expect([...empty]).toEqual([]);
});

it('is its owner’s from the first entry on, and changes in place then', () => {
  const one = withEntry(none<string, number>(), 'a', 1);
  const other = withEntry(none<string, number>(), 'b', 2);
  expect([[...one], [...other], [...none()]]).toEqual([[['a', 1]], [['b', 2]], []]);
  expect(withEntry(one, 'c', 3)).toBe(one);
  expect([...withoutEntry(one, 'a')]).toEqual([['c', 3]]);
});
