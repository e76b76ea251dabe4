import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Digest, Environment, Host } from '@xmpp-groups/core/xabber';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const MEMBER_ID_LENGTH = 16;
const LOCALPART_LENGTH = 10;

const randomWord = (length: number): string => {
  let word = '';
  // 252 is the largest multiple of 36 in a byte: what lies above would make some letters likelier.
  while (word.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 252 && word.length < length) word += ALPHABET[byte % ALPHABET.length];
    }
  }
  return word;
};

const sha1 = (data: string | Uint8Array, notation: 'hex' | 'base64'): string =>
  createHash('sha1').update(data).digest(notation);

/** What there is to know of base64, whole groups of four letters; other notations of the same bytes are none. */
export const digest: Digest = (base64) => {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  return { bytes: bytes.length, sha1: sha1(bytes, 'hex'), textSha1: sha1(base64, 'hex') };
};

/** Clock and chance of the machine, for decisions. */
export const environmentOf = (host: Host): Environment => ({
  now: Date.now(),
  newId: randomUUID,
  newMemberId: () => randomWord(MEMBER_ID_LENGTH),
  newLocalpart: () => randomWord(LOCALPART_LENGTH),
  random: (below) => randomInt(below),
  digest,
  sha1: (text) => sha1(text, 'base64'),
  host,
});
