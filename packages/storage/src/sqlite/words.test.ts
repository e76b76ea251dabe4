import { describe, expect, it } from 'vitest';
import { wordsOf } from './words.js';

describe('wordsOf', () => {
  it.each([
    ['one character', 'п', undefined],
    ['two characters beyond the basic plane', '😀😀', undefined],
    ['three characters', 'при', '"при"'],
    ['each trigram once', 'aaaaa', '"aaa"'],
    ['overlapping trigrams', 'мира', '"мир" AND "ира"'],
    ['quotes and operators as they are', '"or* -', '"""or" AND "or*" AND "r* " AND "* -"'],
  ])('%s', (_what, text, words) => {
    expect(wordsOf(text)).toBe(words);
  });

  it('asks for no more than 16 trigrams of a long text', () => {
    const text = Array.from({ length: 5_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
    expect(wordsOf(text)?.split(' AND ')).toHaveLength(16);
  });
});
