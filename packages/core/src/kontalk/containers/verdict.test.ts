import { describe, expect, it } from 'vitest';
import type { Fault } from './fault.js';
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

describe('a fault', () => {
  it.each<[Fault, object]>([
    ['undecryptable', { kind: 'pending', reason: 'undecryptable' }],
    ['no-key', { kind: 'pending', reason: 'no-key' }],
    ['unconfirmed-key', { kind: 'pending', reason: 'unconfirmed-key' }],
    ['clock-skew', verified],
    ['replayed', verified],
    ['tampered', failed],
    ['unsigned', failed],
    ['bad-signature', failed],
    ['wrong-signer', failed],
    ['refused-key', failed],
    ['malformed', failed],
    ['content-type', failed],
    ['wrong-sender', failed],
    ['wrong-recipient', { kind: 'failed', reason: 'wrong-recipient' }],
    ['no-time', failed],
  ])('%s', (fault, verdict) => {
    expect(verdictOf(opened(fault))).toEqual(verdict);
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
