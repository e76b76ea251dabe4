import { describe, expect, it } from 'vitest';
import { ANN, BEN, keyOf, OLGA } from '../testing/people.js';
import { chooseKeys, formFor } from './choose-keys.js';

const keys = new Map([
  [ANN, [keyOf(ANN, 'A', 'first', 1), keyOf(ANN, 'E', 'verified', 3), keyOf(ANN, 'F', 'unconfirmed', 4)]],
  [BEN, [keyOf(BEN, 'B', 'refused')]],
  [OLGA, [{ ...keyOf(OLGA, 'C'), userIds: ['Olga <olga@example.net>'] }]],
]);
const keysOf = (jid: string) => [...keys].find(([known]) => known === jid)?.[1] ?? [];

describe('chooseKeys', () => {
  it.each([
    ['kontalk', ['E', 'C']],
    ['openpgp', ['E', 'A', 'C']],
  ] as const)('in the form of %s: %j', (form, expected) => {
    const chosen = chooseKeys([ANN, OLGA, ANN], keysOf, form);
    expect(chosen.ok && chosen.value.map(({ key }) => key.fingerprint.charAt(0))).toEqual(expected);
  });

  it('names everybody without a key that counts, and never does without one', () => {
    expect(chooseKeys([ANN, BEN, OLGA], keysOf, 'kontalk')).toEqual({
      ok: false,
      error: { kind: 'missing-key', jids: [BEN] },
    });
  });
});

describe('formFor', () => {
  it.each([
    ['one who announces it and has a key for it', [ANN], true, 'openpgp'],
    ['one who announces nothing', [ANN], false, 'kontalk'],
    ['one without a key for it among them', [ANN, OLGA], true, 'kontalk'],
    ['one whose key does not count among them', [ANN, BEN], true, 'kontalk'],
    ['nobody', [], true, 'kontalk'],
  ])('for %s', (_, recipients, announced, form) => {
    expect(formFor(recipients, keysOf, () => announced)).toBe(form);
  });
});
