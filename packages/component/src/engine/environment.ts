import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Environment, Host } from '@xmpp-groups/core/xabber';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const MEMBER_ID_LENGTH = 16;

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

/** Clock and chance of the machine, for decisions. */
export const environmentOf = (host: Host): Environment => ({
  now: Date.now(),
  newId: randomUUID,
  newMemberId: () => randomWord(MEMBER_ID_LENGTH),
  random: (below) => randomInt(below),
  host,
});

/** A local part for a group whose creator gave none. */
export const newLocalpart = (): string => randomWord(10);
