import { describe, expect, it } from 'vitest';
import type { AttachedFile } from '../elements/attachment.js';
import { decideFetch } from './attached-file.js';

const file: AttachedFile = {
  type: 'image/png',
  length: 1000,
  encrypted: true,
  url: 'https://up.example.net/f/1',
};
const limits = { largest: 1000, types: ['image/*', 'text/plain'] };
const member = { fromMember: true, secure: true };

describe('decideFetch', () => {
  it.each<[string, Partial<AttachedFile>, { fromMember: boolean; secure: boolean }, string]>([
    ['a small encrypted image of a member', {}, member, 'fetch'],
    ['a text, in capitals', { type: 'TEXT/Plain' }, member, 'fetch'],
    [
      'one in clear where nothing is encrypted',
      { encrypted: false },
      { fromMember: true, secure: false },
      'fetch',
    ],
    ['one of a stranger', {}, { fromMember: false, secure: true }, 'ask: not-a-member'],
    ['one in clear', { encrypted: undefined }, member, 'ask: unencrypted'],
    ['one of whatever length', { length: undefined }, member, 'ask: unknown-length'],
    ['one that is too large', { length: 1001 }, member, 'ask: too-large'],
    ['another type', { type: 'application/x-sh' }, member, 'ask: type'],
    ['no type', { type: undefined }, member, 'ask: type'],
    ['a type with parameters', { type: 'image/png; x=y' }, member, 'ask: type'],
    ['a type that only begins alike', { type: 'imagery/png' }, member, 'ask: type'],
    ['a file of this machine', { url: 'file:///etc/passwd' }, member, 'never: address'],
    ['one in clear on the way', { url: 'http://up.example.net/f/1' }, member, 'never: address'],
    ['an address with a line in it', { url: 'https://up.example.net/\nf' }, member, 'never: address'],
    ['no host', { url: 'https:///f' }, member, 'never: address'],
  ])('%s', (_, changed, given, expected) => {
    const decision = decideFetch({ ...file, ...changed }, given, limits);
    expect('reason' in decision ? `${decision.kind}: ${decision.reason}` : decision.kind).toBe(expected);
  });
});
