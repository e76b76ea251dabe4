/** The longest that each part of a JID may be, in octets of UTF-8 (RFC 7622, sections 3.2 to 3.4). */
const LONGEST = 1023;

/**
 * Preparation shortens a text to no less than a quarter of its UTF-16 units, counted in octets. What is
 * longer than this is refused before any work is done on it.
 */
const LONGEST_UNPREPARED = 4 * LONGEST;

/** Why a part is too short or too long to be looked at, or `undefined`. */
export function unfit(text: string): string | undefined {
  if (text.length === 0) return 'is empty';
  return text.length > LONGEST_UNPREPARED ? 'is too long' : undefined;
}

/** Whether a prepared part is longer than 1023 octets. */
export function isTooLong(text: string): boolean {
  return text.length > LONGEST / 3 && octets(text) > LONGEST;
}

/** The length of the text in UTF-8. A lone surrogate counts as the replacement character that it becomes. */
function octets(text: string): number {
  let count = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return count;
}
