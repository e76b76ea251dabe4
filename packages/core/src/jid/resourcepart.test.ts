import { describe, expect, it } from 'vitest';
import { prepareResourcepart } from './resourcepart.js';

describe('prepareResourcepart', () => {
  it.each<[label: string, text: string, prepared: string]>([
    ['ASCII with case', 'Balcony 2', 'Balcony 2'],
    ['what means something elsewhere', '/@"&\'<>:', '/@"&\'<>:'],
    ['emoji', 'phone 😀', 'phone 😀'],
    ['symbols', '♚', '♚'],
    ['compatibility characters', 'ﬁⅣ²', 'ﬁⅣ²'],
    ['fullwidth letters', 'Ａ', 'Ａ'],
    ['case in Cyrillic', 'Дом', 'Дом'],
    ['other spaces', 'a\u00A0b\u3000c\u2003d', 'a b c d'],
    ['decomposed letters', 'Zoe\u0301', 'Zoé'],
    ['directions mixed', 'שa1', 'שa1'],
    ['a joiner after a virama', 'क्\u200Dष', 'क्\u200Dष'],
    ['1023 octets', 'a'.repeat(1023), 'a'.repeat(1023)],
    ['1023 octets of three each', '世'.repeat(341), '世'.repeat(341)],
    ['1020 octets of four each', '😀'.repeat(255), '😀'.repeat(255)],
  ])('keeps or maps %s', (_label, text, prepared) => {
    expect(prepareResourcepart(text)).toEqual({ ok: true, value: prepared });
  });

  it.each<[label: string, text: string, reason: string]>([
    ['nothing', '', 'resourcepart is empty'],
    ['a tab', 'a\tb', 'resourcepart has U+0009'],
    ['NUL', 'a\0', 'resourcepart has U+0000'],
    ['DEL', 'a\x7F', 'resourcepart has U+007F'],
    ['a line separator', 'a\u2028b', 'resourcepart has U+2028'],
    ['a zero width space', 'a\u200Bb', 'resourcepart has U+200B'],
    ['an emoji of several', '👩\u200D💻', 'resourcepart has U+200D'],
    ['a variation selector', '❤\uFE0F', 'resourcepart has U+FE0F'],
    ['a right-to-left override', '\u202Ea', 'resourcepart has U+202E'],
    ['a private use character', '\uE000', 'resourcepart has U+E000'],
    ['a lone surrogate', '\uDE00', 'resourcepart has U+DE00'],
    ['1024 octets', 'a'.repeat(1024), 'resourcepart is too long'],
    ['1024 octets of four each', '😀'.repeat(256), 'resourcepart is too long'],
    ['a million letters', 'a'.repeat(1_000_000), 'resourcepart is too long'],
  ])('refuses %s', (_label, text, reason) => {
    expect(prepareResourcepart(text)).toEqual({ ok: false, error: { path: 'jid', reason } });
  });
});
