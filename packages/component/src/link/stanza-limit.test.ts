import { expect, it } from 'vitest';
import { stanzaLimit } from './stanza-limit.js';

const MEGABYTE = 1_048_576;
const text = (bytes: number): string => 'x'.repeat(bytes);

it('knows what it was told, in bytes', () => {
  const limit = stanzaLimit(10_000);
  expect(limit.fits(text(10_000))).toBe(true);
  expect(limit.fits(text(10_001))).toBe(false);
  expect(limit.fits('ü'.repeat(5_001))).toBe(false);
  expect(stanzaLimit(0).fits(text(20 * MEGABYTE))).toBe(true);
});

it.each([
  { written: MEGABYTE + 1, condition: 'not-well-formed', limit: MEGABYTE },
  { written: MEGABYTE, condition: 'policy-violation', limit: MEGABYTE / 2 },
  { written: 140_000, condition: 'policy-violation', limit: 131_072 },
])('learns from $condition after $written bytes', ({ written, condition, limit: learned }) => {
  const limit = stanzaLimit(0);
  limit.wrote(text(written), 0);
  limit.wrote(text(10), 1);
  expect(limit.ended(condition, 1_000)).toEqual({ length: written, limit: learned });
  expect(limit.fits(text(learned))).toBe(true);
  expect(limit.fits(text(learned + 1))).toBe(false);
});

it.each([
  { why: 'nothing long was written', written: 100_000, condition: 'policy-violation', after: 10 },
  { why: 'it was for another reason', written: MEGABYTE, condition: 'system-shutdown', after: 10 },
  { why: 'the connection broke', written: MEGABYTE, condition: undefined, after: 10 },
  { why: 'it was long ago', written: MEGABYTE, condition: 'policy-violation', after: 61_000 },
])('learns nothing when $why', ({ written, condition, after }) => {
  const limit = stanzaLimit(0);
  limit.wrote(text(written), 0);
  expect(limit.ended(condition, after)).toBeUndefined();
  expect(limit.fits(text(8 * MEGABYTE))).toBe(true);
});

it('takes back nothing: a limit only falls, and each end is explained once', () => {
  const limit = stanzaLimit(0);
  limit.wrote(text(600_000), 0);
  expect(limit.ended('not-well-formed', 0)?.limit).toBe(524_288);
  expect(limit.ended('not-well-formed', 0)).toBeUndefined();
  limit.wrote(text(3 * MEGABYTE), 5);
  expect(limit.ended('not-well-formed', 6)?.limit).toBe(524_288);
  expect(limit.fits(text(524_289))).toBe(false);
});
