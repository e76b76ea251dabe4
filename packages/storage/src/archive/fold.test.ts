import { describe, expect, it } from 'vitest';
import { fold } from './fold.js';

describe('fold', () => {
  it.each([
    ['ASCII', 'Hello', 'hELLO'],
    ['Cyrillic', 'ПРИВЕТ, Ёж', 'привет, ёж'],
    ['Greek, with a sigma at the end', 'ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['sharp s', 'STRASSE', 'straße'],
    ['composed and decomposed', 'Й', 'и\u0306'],
    ['Deseret, beyond the basic plane', '𐐀', '𐐨'],
  ])('takes %s as the same', (_what, one, other) => {
    expect(fold(one)).toBe(fold(other));
  });

  it.each([
    ['letters', 'а', 'б'],
    ['accents', 'e', 'é'],
    ['emoji', '😀', '😁'],
  ])('keeps different %s apart', (_what, one, other) => {
    expect(fold(one)).not.toBe(fold(other));
  });
});
