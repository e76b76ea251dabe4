import { describe, expect, it } from 'vitest';
import { wordsOf } from './words.js';

const words = (text: string, sample: readonly string[] = []) => wordsOf(text, () => sample);

describe('what the full-text index is asked for', () => {
  it.each([
    ['nothing, of two characters', 'ab', undefined],
    ['nothing, of two emoji', '😀😀', undefined],
    ['three characters', 'abc', '"abc"'],
    ['three emoji', '😀😁😂', '"😀😁😂"'],
    ['each trigram', 'abcd', '"abc" AND "bcd"'],
    ['each trigram once', 'aaaa', '"aaa"'],
    ['quotes, doubled', 'a"b', '"a""b"'],
    ['operators, as text', 'AND', '"AND"'],
    ['quotes and operators as they are', '"or* -', '"""or" AND "or*" AND "r* " AND "* -"'],
  ])('%s', (_what, text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it('few of many trigrams: those that are rare in a sample', () => {
    const sample = ['the interest', 'interest', 'resting'];
    expect(words('interestzq', sample)).toBe('"stz" AND "tzq" AND "int" AND "nte"');
  });

  it('one at least of each word', () => {
    expect(words('rarely the', ['the', 'the', 'the e'])).toBe(
      '"rar" AND "are" AND "rel" AND "ely" AND "the"',
    );
  });

  it('no more of a long text, and none that costs more than it helps', () => {
    const text = Array.from({ length: 5_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
    expect(words(text)?.split(' AND ')).toHaveLength(4);
    expect(words('x'.repeat(300))).toBe('"xxx"');
  });
});
