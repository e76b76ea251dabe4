/**
 * Characters that a terminal takes as orders, or that turn the direction of what follows: names come from
 * users, and an operator's terminal must not do as they say. Joiners stay, emoji need them.
 */
const COMMANDING = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** The text on one line, and with nothing in it but what is seen. */
export const printable = (text: string): string => text.replace(COMMANDING, ' ');

/** JSON for people and programs; what {@link printable} would take out is escaped. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => line.replace(COMMANDING, escaped))
    .join('\n');

const escaped = (character: string): string =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** Lines with the columns of `rows` below each other; the last column is not filled up. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [heads, ...rows.map((row) => row.map(printable))];
  const widths = heads.map((_, at) => Math.max(...lines.map((line) => lengthOf(line[at] ?? ''))));
  return lines.map((line) =>
    line
      .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - lengthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

const segmenter = new Intl.Segmenter();

const lengthOf = (text: string): number => [...segmenter.segment(text)].length;
