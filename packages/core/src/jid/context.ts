import { JOINS_FOLLOWING, JOINS_PRECEDING, VIRAMA } from './joining.js';

/** Marks do not interrupt a cursive connection (types T; U+1E94B is the one letter among them). */
const TRANSPARENT = '[\\p{Mn}\\p{Me}\\u{1E94B}]*';

/** The joiners that are in order: after a virama, and for the non-joiner also inside a connection. */
const JOINERS_IN_ORDER = new RegExp(
  `(?<=[${VIRAMA}])[\\u200C\\u200D]|` +
    `(?<=[${JOINS_FOLLOWING}]${TRANSPARENT})\\u200C(?=${TRANSPARENT}[${JOINS_PRECEDING}])`,
  'gu',
);

interface Rule {
  readonly applies: RegExp;
  /** What breaks the rule, tried on the whole text. */
  readonly broken: (text: string) => boolean;
}

/** The contextual rules of RFC 5892, appendix A, which RFC 8264, section 4.2.3, takes over. */
const RULES: readonly Rule[] = [
  {
    applies: /[\u200C\u200D]/u,
    broken: (text) => /[\u200C\u200D]/u.test(text.replace(JOINERS_IN_ORDER, '')),
  },
  { applies: /\u00B7/u, broken: (text) => /(?<!l)\u00B7|\u00B7(?!l)/u.test(text) },
  { applies: /\u0375/u, broken: (text) => /\u0375(?!\p{Script=Greek})/u.test(text) },
  { applies: /[\u05F3\u05F4]/u, broken: (text) => /(?<!\p{Script=Hebrew})[\u05F3\u05F4]/u.test(text) },
  {
    applies: /\u30FB/u,
    broken: (text) => !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text),
  },
  {
    applies: /[\u0660-\u0669]/u,
    broken: (text) => /[\u06F0-\u06F9]/u.test(text),
  },
];

/** A character that stands where it must not stand, or `undefined` when all contexts are in order. */
export function misplaced(text: string): string | undefined {
  for (const { applies, broken } of RULES) {
    const found = applies.exec(text);
    if (found !== null && broken(text)) return found[0];
  }
  return undefined;
}
