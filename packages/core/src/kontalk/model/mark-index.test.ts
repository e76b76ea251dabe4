import { describe, expect, it } from 'vitest';
import { addLast, indexOf, placeIn } from './mark-index.js';

/** Texts with the same hash: `Aa` and `BB` have, and what is put together of them has, too. */
const ALIKE = ['AaAa', 'AaBB', 'BBAa', 'BBBB'];

const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => `mark ${at}`);

describe('an index of marks', () => {
  it.each([0, 1, 4, 5, 8, 9, 100, 1000])('finds each of %i', (count) => {
    const list = numbered(count);
    const index = indexOf(list);
    expect(list.map((text) => placeIn(index, list, text))).toEqual(list.map((_, place) => place));
    expect(placeIn(index, list, 'another')).toBe(-1);
  });

  it('finds each of those that were added', () => {
    const list: string[] = [];
    const index = indexOf(list);
    for (const text of numbered(1000)) {
      expect(placeIn(index, list, text)).toBe(-1);
      list.push(text);
      addLast(index, list, text);
      expect(placeIn(index, list, text)).toBe(list.length - 1);
    }
    expect(list.map((text) => placeIn(index, list, text))).toEqual(list.map((_, place) => place));
  });

  it('tells texts with the same hash from each other', () => {
    const list = ALIKE.slice(0, 3);
    const index = indexOf(list);
    expect(ALIKE.map((text) => placeIn(index, list, text))).toEqual([0, 1, 2, -1]);
  });
});
