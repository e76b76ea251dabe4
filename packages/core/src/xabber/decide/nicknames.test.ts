import { describe, expect, it } from 'vitest';
import { clockwork } from '../testing/clockwork.js';
import { INCOGNITO, JULIET, memberOf, verona } from '../testing/scenes.js';
import { freeNickname, randomNickname } from './nicknames.js';

/** An environment in which chance gives these numbers, then the first again and again. */
const drawing = (...numbers: readonly number[]) => {
  let next = 0;
  return { ...clockwork(), random: (below: number) => (numbers[next++] ?? numbers[0] ?? 0) % below };
};

describe('a random nickname', () => {
  it('is an adjective, a noun and a number from 1 to 999', () => {
    expect(randomNickname(drawing(20, 8, 416))).toBe('Quiet Heron 417');
    expect(randomNickname(drawing(0, 0, 0))).toBe('Amber Badger 1');
    expect(randomNickname(drawing(29, 29, 998))).toBe('Witty Wren 999');
  });

  it('is given in the end even if chance knows one name only', () => {
    const driver = verona(INCOGNITO, drawing(1));
    const { nickname } = memberOf(driver, JULIET);
    expect(freeNickname(driver.group(), drawing(1))).toBe(nickname);
  });
});
