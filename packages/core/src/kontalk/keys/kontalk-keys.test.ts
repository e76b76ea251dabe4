import { describe, expect, it } from 'vitest';
import { ok } from '../../result.js';
import { elementIn } from '../../testing/table.js';
import { serialise } from '../../xml/index.js';
import { ANN, keyOf, print } from '../testing/people.js';
import {
  askForKontalkKey,
  isAsPresented,
  kontalkKeyIn,
  presentedKeyIn,
  tellsOfNewKey,
} from './kontalk-keys.js';

const payload = (inside: string) => [
  elementIn('<x/>'),
  elementIn(`<pubkey xmlns='urn:xmpp:pubkey:2'>${inside}</pubkey>`),
];

describe('keys of Kontalk (reference 5)', () => {
  it('are asked for', () => {
    expect(serialise(askForKontalkKey())).toBe("<pubkey xmlns='urn:xmpp:pubkey:2'/>");
  });

  it.each([
    ['a key', payload('mQ=='), ok(Uint8Array.of(0x99))],
    ['none', payload(''), { ok: false, error: { path: 'pubkey', reason: 'no key' } }],
    ['nothing', [], { ok: false, error: { path: 'pubkey', reason: 'missing' } }],
    ['no base64', payload('????'), { ok: false, error: { path: 'pubkey', reason: 'not base64' } }],
  ])('answer with %s', (_, given, expected) => {
    expect(kontalkKeyIn(given)).toEqual(expected);
  });

  it.each([
    [
      'a request to subscribe',
      `<key>mQ==</key><print>${print('A')}</print>`,
      { fingerprint: print('A'), keyring: Uint8Array.of(0x99) },
    ],
    ['presence', `<print>${print('A')}</print>`, { fingerprint: print('A'), keyring: undefined }],
    ['a fingerprint that is none', '<print>A</print>', undefined],
  ])('stand in %s', (_, inside, expected) => {
    expect(presentedKeyIn(payload(inside))).toEqual(expected);
  });

  it('are asked for when presence tells of another', () => {
    const known = [keyOf(ANN, 'A')];
    const presented = (letter: string) => ({ fingerprint: print(letter), keyring: undefined });
    expect(tellsOfNewKey(presented('A'), known)).toBe(false);
    expect(tellsOfNewKey(presented('B'), known)).toBe(true);
    expect(tellsOfNewKey({ fingerprint: undefined, keyring: undefined }, known)).toBe(false);
    expect(isAsPresented(presented('A'), print('A'))).toBe(true);
    expect(isAsPresented(presented('A'), print('B'))).toBe(false);
    expect(isAsPresented({ fingerprint: undefined, keyring: undefined }, print('B'))).toBe(true);
  });
});
