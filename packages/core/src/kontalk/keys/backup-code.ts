/** Latin capitals and digits without what looks alike, `O` and `0` (XEP-0373, section 5.4). */
const ALPHABET = '123456789ABCDEFGHIJKLMNPQRSTUVWXYZ';
const LENGTH = 24;
const GROUP = 4;

/** Bytes from here on would make some characters more likely than others. */
const FAIR = 256 - (256 % ALPHABET.length);

/**
 * The code that encrypts the secret keys: 24 characters in groups of four, dashes included (XEP-0373, section 5.4).
 * @param random bytes from a cryptographically secure source; 64 are enough but once in some billions of times
 * @returns `undefined` when there were too few that can be used
 */
export function backupCode(random: Uint8Array): string | undefined {
  const characters = [...random]
    .filter((byte) => byte < FAIR)
    .slice(0, LENGTH)
    .map((byte) => ALPHABET.charAt(byte % ALPHABET.length));
  if (characters.length < LENGTH) return undefined;
  const groups: string[] = [];
  for (let from = 0; from < LENGTH; from += GROUP) groups.push(characters.slice(from, from + GROUP).join(''));
  return groups.join('-');
}
