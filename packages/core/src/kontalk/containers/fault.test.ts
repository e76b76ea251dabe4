import { describe, expect, it } from 'vitest';
import { consequenceOf, type Fault } from './fault.js';
import type { Opened } from './open.js';
import { verdictOf } from './verdict.js';

const opened = (fault: Fault | undefined): Opened => ({
  fault,
  reason: '',
  content: { kind: 'message', id: 'i', payload: [] },
  signedAt: 5,
  signer: 'F',
  digest: 'd',
});
const verified = {
  kind: 'verified',
  payload: [],
  innerId: 'i',
  signedTime: 5,
  payloadHash: 'd',
  signer: 'F',
};
const failed = { kind: 'failed', reason: 'bad-signature' };
const badSignature = { outcome: 'discard', reason: 'bad-signature' };

describe('a fault', () => {
  it.each<[Fault, object, object | undefined]>([
    [
      'undecryptable',
      { kind: 'pending', reason: 'undecryptable' },
      { outcome: 'hold', reason: 'undecryptable' },
    ],
    ['no-key', { kind: 'pending', reason: 'no-key' }, { outcome: 'hold', reason: 'no-key' }],
    ['unconfirmed-key', { kind: 'pending', reason: 'no-key' }, { outcome: 'hold', reason: 'key-changed' }],
    ['clock-skew', verified, { outcome: 'hold', reason: 'clock-skew' }],
    ['replayed', verified, { outcome: 'discard', reason: 'duplicate' }],
    ['tampered', failed, undefined],
    ['unsigned', failed, undefined],
    ['bad-signature', failed, undefined],
    ['wrong-signer', failed, undefined],
    ['refused-key', failed, undefined],
    ['malformed', failed, undefined],
    ['content-type', failed, undefined],
    ['wrong-sender', failed, undefined],
    ['wrong-recipient', { kind: 'failed', reason: 'wrong-recipient' }, undefined],
    ['no-time', failed, undefined],
  ])('%s', (fault, verdict, always) => {
    expect(verdictOf(opened(fault))).toEqual(verdict);
    expect(consequenceOf(fault, 'command')).toEqual(always ?? badSignature);
    expect(consequenceOf(fault, 'unknown', 'show')).toEqual(always ?? badSignature);
    expect(consequenceOf(fault, 'content')).toEqual(always ?? { outcome: 'hold', reason: fault });
    expect(consequenceOf(fault, 'content', 'show')).toEqual(
      always ?? { outcome: 'show-marked', reason: fault },
    );
  });
});

describe('verdictOf', () => {
  it.each([
    ['no container', undefined, { kind: 'cleartext' }],
    ['no fault', opened(undefined), verified],
    [
      'a text alone, which has no group',
      { ...opened(undefined), content: { kind: 'text' as const, text: 'x' } },
      { ...verified, innerId: undefined },
    ],
    ['no signer', { ...opened(undefined), signer: undefined }, failed],
  ])('%s', (_, given, verdict) => {
    expect(verdictOf(given)).toEqual(verdict);
  });
});
