import { err, ok, type Result } from '../result.js';
import type { ValueCodec } from './value.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** How many characters of output are joined at once: one by one, a long text becomes a long chain of texts. */
const PIECE = 8192;

/** The values of the characters, by their codes; 255 for what is no character of the alphabet. */
const VALUES = new Uint8Array(128).fill(255);
for (let value = 0; value < ALPHABET.length; value++) VALUES[ALPHABET.charCodeAt(value)] = value;

/** Bytes as base64 (RFC 4648, section 4), padded, without line breaks. */
export function encodeBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  let piece = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const bits = (first << 16) | (second << 8) | third;
    const left = bytes.length - at;
    piece += character(bits >> 18) + character(bits >> 12);
    piece += (left > 1 ? character(bits >> 6) : '=') + (left > 2 ? character(bits) : '=');
    if (piece.length >= PIECE) {
      pieces.push(piece);
      piece = '';
    }
  }
  return pieces.join('') + piece;
}

const character = (bits: number): string => ALPHABET.charAt(bits & 63);

/**
 * The bytes that `text` stands for. White space is passed over, since some clients break the lines; padding may
 * be left out. Anything else that is not of the alphabet is a failure, said in a sentence.
 */
export function decodeBase64(text: string): Result<Uint8Array, string> {
  const digits = text.replace(/\s+/g, '');
  const length = digits.endsWith('==') ? digits.length - 2 : digits.length - (digits.endsWith('=') ? 1 : 0);
  if (length % 4 === 1 || (length < digits.length && digits.length % 4 !== 0)) return err('cut-off base64');
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let place = 0;
  for (let at = 0; at < length; at++) {
    const value = VALUES[digits.charCodeAt(at)] ?? 255;
    if (value === 255) return err('not base64');
    bits = (bits << 6) | value;
    // Of four digits the second, third and fourth complete a byte each.
    if (at % 4 !== 0) bytes[place++] = bits >> (6 - 2 * (at % 4));
    bits &= 0xffff;
  }
  return ok(bytes);
}

/** Bytes in base64. */
export const base64: ValueCodec<Uint8Array> = {
  type: 'base64',
  parse: decodeBase64,
  format: encodeBase64,
};
