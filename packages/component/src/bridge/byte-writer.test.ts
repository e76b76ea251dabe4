import { describe, expect, it } from 'vitest';
import { writeBytes } from './byte-writer.js';

const long = 'x'.repeat(5_000);

describe('text', () => {
  it.each([
    ['', ''],
    ['juliet@example.com', 'juliet@example.com'],
    ['short, and not only ASCII', 'юлия@example.com'],
    ['not only ASCII at its end', `${'x'.repeat(60)}ü`],
    ['longer than what is copied by hand', `${'x'.repeat(100)}@example.com`],
    ['longer than the first buffer', long],
  ])('has its length in bytes in front: %s', (_what, value) => {
    const utf8 = Buffer.from(value);
    const bytes = writeBytes((to) => to.number(7, 1).text(value).number(9, 1));
    expect(bytes).toEqual(
      Buffer.concat([Buffer.from([7, utf8.length >> 8, utf8.length & 255]), utf8, Buffer.from([9])]),
    );
  });

  it('that is too long for its length is a fault', () => {
    expect(() => writeBytes((to) => to.text('x'.repeat(65_536)))).toThrow(RangeError);
  });
});

it('takes as much as comes', () => {
  const texts = Array.from({ length: 1_000 }, (_, at) => `user${at}@example.com`);
  const bytes = writeBytes((to) => {
    for (const text of texts) to.bytes(Buffer.from(text)).rest('ß');
  });
  expect(bytes.toString()).toBe(texts.map((text) => `${text}ß`).join(''));
});
