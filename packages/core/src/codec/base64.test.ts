import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { err, ok } from '../result.js';
import { base64, decodeBase64, encodeBase64 } from './base64.js';

const bytesOf = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);

describe('base64', () => {
  // RFC 4648, section 10.
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('writes and reads %j as %s', (plain, encoded) => {
    const bytes = Uint8Array.from(Buffer.from(plain));
    expect(encodeBase64(bytes)).toBe(encoded);
    expect(decodeBase64(encoded)).toEqual(ok(bytes));
  });

  it.each([
    ['broken lines', ' Zm9v\r\n\tYmFy ', bytesOf(102, 111, 111, 98, 97, 114)],
    ['no padding', 'Zg', bytesOf(102)],
    ['bits that say nothing', 'Zh==', bytesOf(102)],
  ])('reads %s', (_, text, bytes) => {
    expect(base64.parse(text)).toEqual(ok(bytes));
  });

  it.each([
    ['a digit alone', 'Z', 'cut-off base64'],
    ['padding after nothing', '=', 'cut-off base64'],
    ['too much padding', 'Zm9v=', 'cut-off base64'],
    ['padding inside', 'Zg==Zg==', 'not base64'],
    ['the alphabet for addresses', '-_-_', 'not base64'],
    ['armour', '-----BEGIN PGP-----', 'not base64'],
    ['letters beyond ASCII', 'äöüß', 'not base64'],
  ])('refuses %s', (_, text, reason) => {
    expect(base64.parse(text)).toEqual(err(reason));
  });

  it('agrees with Node on any bytes, and reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64(encodeBase64(bytes))).toEqual(ok(bytes));
      }),
    );
  });

  it('holds for a file', () => {
    const bytes = Uint8Array.from({ length: 100_001 }, (_, place) => (place * 7919) % 256);
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    const read = decodeBase64(encodeBase64(bytes));
    expect(read.ok && Buffer.from(read.value).equals(bytes)).toBe(true);
  });
});
