import { describe, expect, it } from 'vitest';
import { bare } from '../../testing/jids.js';
import { ANN, keyOf, print } from '../testing/people.js';
import { type KeysOfPerson, loadJids, loadKeys, saveKeys } from './keys.js';

const KEYS: KeysOfPerson = {
  keys: [keyOf(ANN, 'A', 'verified', 5), keyOf(ANN, 'B', 'refused', 6)],
  material: new Map([[print('A'), Uint8Array.of(1, 2, 255)]]),
  announced: [{ fingerprint: print('A'), date: 4 }],
};
const plain = (): Record<string, unknown> => JSON.parse(JSON.stringify(saveKeys(KEYS)));

describe('the saved keys of somebody', () => {
  it('are read again', () => {
    expect(loadKeys(plain())).toEqual({ ok: true, value: KEYS });
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'keys: no object'],
    ['of another version', { ...plain(), version: 2 }, 'keys/version: not known here'],
    ['without their material', { ...plain(), material: {} }, 'keys/material: no list'],
    ['with broken material', { ...plain(), material: [['A', '?']] }, 'keys/material/0/1: no base64'],
    [
      'with an unknown standing',
      { ...plain(), keys: [{ ...keyOf(ANN, 'A'), standing: 'best' }] },
      'keys/keys/0/standing: not one of first, verified, unconfirmed, refused',
    ],
  ])('%s are refused', (_, saved, reason) => {
    const read = loadKeys(saved);
    expect(read.ok ? 'read' : `${read.error.path}: ${read.error.reason}`).toBe(reason);
  });

  it('are listed by JIDs', () => {
    expect(loadJids(['ANN@example.net'])).toEqual({ ok: true, value: [bare('ann@example.net')] });
    expect(loadJids([''])).toMatchObject({ ok: false, error: { path: 'jids/0' } });
  });
});
