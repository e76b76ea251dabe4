/** How long the escaped forms of characters are by which offsets count; all others have one place. */
const ESCAPED: Readonly<Record<string, number>> = { '&': 5, '<': 4, '>': 4, '"': 6, "'": 6 };

/**
 * A body without the nickname header, which ends at `end`.
 * @param end in code points of the XML-escaped text, not included (reference 6.2, trap T11)
 */
export function withoutHeader(text: string, end: number): string {
  let escaped = 0;
  let at = 0;
  for (const character of text) {
    if (escaped >= end) break;
    escaped += ESCAPED[character] ?? 1;
    at += character.length;
  }
  return text.slice(at);
}
