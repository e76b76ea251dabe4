import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok } from '../../result.js';
import { textOfUtf8, utf8Of } from './utf8.js';

describe('UTF-8', () => {
  it('is written and read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(utf8Of(text)).toEqual(new Uint8Array(Buffer.from(text)));
        expect(textOfUtf8(utf8Of(text))).toEqual(ok(text));
      }),
    );
  });

  it.each([
    ['a byte that begins nothing', [0xff]],
    ['a character cut off', [0xe2, 0x82]],
    ['a slash in two bytes', [0xc0, 0xaf]],
    ['half of a pair', [0xed, 0xa0, 0x80]],
  ])('is not %s', (_, bytes) => {
    expect(textOfUtf8(Uint8Array.from(bytes))).toMatchObject({ ok: false, error: { reason: 'not UTF-8' } });
  });
});
