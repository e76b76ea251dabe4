import { expect, it } from 'vitest';
import { soughtIn } from './sought.js';

it.each([
  ['a run alone stands anywhere in a word', 'ab', [{ text: 'ab', place: 'inside' }]],
  [
    'the first may be an end and the last a beginning',
    'ab cd ef',
    [
      { text: 'ab', place: 'end' },
      { text: 'cd', place: 'whole' },
      { text: 'ef', place: 'start' },
    ],
  ],
  ['spaces around a word make it a whole one', ' ab ', [{ text: 'ab', place: 'whole' }]],
  ['or there are only pieces of it', 'abcd', [{ text: 'abcd', place: 'inside', pieces: ['abc', 'bcd'] }]],
  [
    'what is longer than any word is only in pieces',
    'x'.repeat(25),
    [{ text: 'x'.repeat(25), pieces: Array.from({ length: 23 }, () => 'xxx') }],
  ],
  ['Chinese is in pairs', '你好吗', [{ text: '你好吗', pieces: ['你好', '好吗'] }]],
  ['one character in any of them', '你', [{ text: '你', place: 'inside' }]],
  [
    'scripts are apart',
    'a你',
    [
      { text: 'a', place: 'end' },
      { text: '你', place: 'start' },
    ],
  ],
  ['nothing in punctuation', '?! ', []],
])('%s', (_what, text, expected) => {
  expect(soughtIn(text)).toEqual(expected.map((each) => ({ place: undefined, pieces: undefined, ...each })));
});
