/*
 * The two string classes of RFC 8264, section 4, decided per character by the algorithm of section 8.
 * "Unassigned" is what the running JavaScript engine's Unicode version does not know.
 */

/** Section 9.6, with the characters that need a context (RFC 5892, appendix A, has the rules). */
const VALID_BY_NAME = /^[\u00DF\u03C2\u06FD\u06FE\u0F0B\u3007]$/u;
const IN_CONTEXT = /^[\u00B7\u0375\u05F3\u05F4\u30FB\u0660-\u0669\u06F0-\u06F9\u200C\u200D]$/u;
const REFUSED_BY_NAME = /^[\u0640\u07FA\u302E\u302F\u3031-\u3035\u303B]$/u;

const ASCII = /^[!-~]$/;
const OLD_JAMO = /^[\u1100-\u11FF\uA960-\uA97C\uD7B0-\uD7C6\uD7CB-\uD7FB]$/u;
const NEVER = /^[\p{Cn}\p{Cc}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]$/u;
const LETTER_OR_DIGIT = /^[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}]$/u;
const FREE_ONLY = /^[\p{Lt}\p{Nl}\p{No}\p{Me}\p{Zs}\p{S}\p{P}]$/u;

/** Where a character may stand: in identifiers too, in free text only, or nowhere. */
type Class = 'identifier' | 'free' | 'refused';

function classOf(character: string): Class {
  if (ASCII.test(character) || VALID_BY_NAME.test(character) || IN_CONTEXT.test(character))
    return 'identifier';
  if (REFUSED_BY_NAME.test(character) || NEVER.test(character) || OLD_JAMO.test(character)) return 'refused';
  if (character.normalize('NFKC') !== character) return 'free';
  if (LETTER_OR_DIGIT.test(character)) return 'identifier';
  return FREE_ONLY.test(character) ? 'free' : 'refused';
}

/**
 * The first character of `text` that the IdentifierClass (section 4.2) leaves out. Whether the others stand
 * where they may is for `misplaced` to say, once the text is in the form that counts (section 7).
 */
export function outsideIdentifier(text: string): string | undefined {
  for (const character of text) if (classOf(character) !== 'identifier') return character;
  return undefined;
}

/** The first character of `text` that the FreeformClass (section 4.3) leaves out, places as above. */
export function outsideFreeform(text: string): string | undefined {
  for (const character of text) if (classOf(character) === 'refused') return character;
  return undefined;
}

/** Fullwidth and halfwidth characters become the ordinary ones (the width mapping rule of section 5.2.1). */
export function mapWidth(text: string): string {
  return text.replace(/[\u3000\uFF01-\uFFEE]/gu, (character) => character.normalize('NFKC'));
}

/** A character as people look it up: `U+00E9`. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
