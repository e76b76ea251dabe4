import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backupCode } from './backup-code.js';

describe('backupCode', () => {
  it('has the shape that XEP-0373 demands, from any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 64 }), (random) => {
        const code = backupCode(random);
        const usable = random.filter((byte) => byte < 238).length;
        if (usable < 24) expect(code).toBe(undefined);
        else expect(code).toMatch(/^(?:[1-9A-NP-Z]{4}-){5}[1-9A-NP-Z]{4}$/);
      }),
    );
  });

  it('uses each character alike', () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte++) {
      const first = backupCode(new Uint8Array(24).fill(byte))?.charAt(0);
      if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1);
    }
    expect(counts.size).toBe(34);
    expect(new Set(counts.values())).toEqual(new Set([7]));
  });
});
