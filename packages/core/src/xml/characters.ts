/** What `Char` of XML 1.0, section 2.2, leaves out. The first is fast, and also finds surrogates in order. */
const SUSPECT = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]/;
const ILLEGAL = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** The first character of a text that XML does not allow, as a reason; `undefined` when there is none. */
export function illegalCharacter(text: string): string | undefined {
  if (!SUSPECT.test(text)) return undefined;
  const found = ILLEGAL.exec(text)?.[0];
  if (found === undefined) return undefined;
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `the character U+${code}, which XML does not allow`;
}

/** Space, tab, line feed, carriage return; at the end of a text there is none of them. */
const isSpace = (code: number): boolean => code === 0x20 || code === 0x9 || code === 0xa || code === 0xd;

/** The first place from `at` on where no white space stands. */
export function afterSpace(text: string, at: number): number {
  let next = at;
  while (isSpace(text.charCodeAt(next))) next += 1;
  return next;
}
