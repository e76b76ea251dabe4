/**
 * How texts are cut into words for the index. Wherever the cuts are, a search finds the same; they decide only about time.
 * But the same text must be cut in the same way whenever it is indexed or looked for: where a run of one kind ends is told by
 * the two characters beside the cut alone.
 */

/** Scripts that write words without spaces; symbols, among them emoji; and what this version of Unicode does not know. */
const UNSPACED =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\p{S}\\p{C}';

/** The first group: in a script without spaces. Punctuation, spaces, control characters and the symbols of ASCII stand between words. */
const RUNS = new RegExp(
  `((?:(?![\\p{ASCII}\\p{Cc}\\p{P}])[${UNSPACED}])+)|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+`,
  'gu',
);

/** The same for a text of ASCII, in which nothing else occurs once it is folded. */
const ASCII_RUNS = /[a-z0-9]+/g;
const NOT_ASCII = /[\u0080-\uffff]/;

/** A longer run, counted in UTF-16 units, is an address, a key or the like: there is no end of different ones. */
const LONGEST = 24;

/** Runs in scripts without spaces are kept in pieces of two characters, long ones in pieces of three. */
const UNSPACED_PIECE = 2;
const LONG_PIECE = 3;

/** A part of a folded text without a space or punctuation in it. */
export interface Run {
  readonly text: string;
  readonly at: number;
  readonly isUnspaced: boolean;
}

/** The runs of a folded text. */
export function* runsOf(folded: string): Generator<Run> {
  for (const match of folded.matchAll(RUNS)) {
    yield { text: match[0], at: match.index, isUnspaced: match[1] !== undefined };
  }
}

/** Each run of so many characters that stands side by side in a text. */
export function gramsOf(text: string, length: number): string[] {
  const characters = [...text];
  const grams: string[] = [];
  for (let at = 0; at + length <= characters.length; at += 1) {
    grams.push(characters.slice(at, at + length).join(''));
  }
  return grams;
}

/**
 * The pieces that the index has instead of a run, wherever it is a part of another; none when it is too short to have any.
 */
export const piecesOf = ({ text, isUnspaced }: Omit<Run, 'at'>): string[] =>
  gramsOf(text, isUnspaced ? UNSPACED_PIECE : LONG_PIECE);

/** Whether a run is kept in pieces, never as a whole. */
export const isInPieces = ({ text, isUnspaced }: Omit<Run, 'at'>): boolean =>
  isUnspaced ? [...text].length >= UNSPACED_PIECE : isLong(text);

/** The words by which a folded text is found, some perhaps more than once. */
export function wordsIn(folded: string): readonly string[] {
  // Each message that is indexed comes through here: for ASCII the short way leads to the same.
  if (!NOT_ASCII.test(folded)) {
    const words: readonly string[] = folded.match(ASCII_RUNS) ?? [];
    return words.some(isLong)
      ? words.flatMap((word) => (isLong(word) ? gramsOf(word, LONG_PIECE) : word))
      : words;
  }
  return [...runsOf(folded)].flatMap((run) => (isInPieces(run) ? piecesOf(run) : run.text));
}

const isLong = (word: string): boolean => word.length > LONGEST;
