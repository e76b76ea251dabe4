import { describe, expect, it } from 'vitest';
import { wordsIn } from './cut.js';
import { fold } from './fold.js';

describe('the words of a text', () => {
  it.each([
    ['letters and digits between spaces and punctuation', 'it’s 10 o-clock, v2!', 'it s 10 o clock v2'],
    ['ASCII, cut as with other scripts beside it', "it's $5: a=b", 'it s 5 a b'],
    ['Cyrillic and Greek', 'Привет, ΣΊΣΥΦΟΣ', 'привет σίσυφοσ'],
    ['letters with marks', 'नमस्ते q\u0307', 'नमस्ते q\u0307'],
    ['Chinese in pairs', '你好吗', '你好 好吗'],
    ['one character alone', '你 好', '你 好'],
    ['Japanese of several scripts in one run', 'カタカナを', 'カタ タカ カナ ナを'],
    ['Thai with its marks', 'ที่', 'ที ี่'],
    ['letters and Chinese apart', 'iPhone手机', 'iphone 手机'],
    ['emoji apart from letters', 'party😀😁!', 'party 😀😁'],
    ['nothing of punctuation', '... ?! "" \n', ''],
    ['no more than 24 letters as a whole', 'x'.repeat(24), 'x'.repeat(24)],
    ['threes of what is longer', 'abcdefghijklmnopqrstuvwxyz'.slice(0, 25), /^abc bcd .* wxy$/],
    ['threes of letters beyond ASCII', 'я'.repeat(25), /^яяя( яяя){22}$/],
  ])('%s', (_what, text, words) => {
    const found = wordsIn(fold(text)).join(' ');
    if (typeof words === 'string') expect(found).toBe(words);
    else expect(found).toMatch(words);
  });
});
