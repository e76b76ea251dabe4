import { isInPieces, piecesOf, runsOf } from './cut.js';

/** Where in a word a text has to stand. */
export type Place = 'whole' | 'start' | 'end' | 'inside';

/**
 * What a part of a text that is looked for says about a message: it holds a word with `text` at `place`, or all of `pieces`.
 */
export interface Sought {
  readonly text: string;
  /** `undefined`: no word can hold it, since runs of this kind are kept in pieces. */
  readonly place: Place | undefined;
  /** `undefined`: whatever holds it is a word that has it at its place. */
  readonly pieces: readonly string[] | undefined;
}

function placeOf(isBegun: boolean, isEnded: boolean): Place {
  if (isBegun) return isEnded ? 'whole' : 'start';
  return isEnded ? 'end' : 'inside';
}

/**
 * What every message holds whose folded text holds `folded`, cut as texts are (see `cut.ts`): the first run may be the end of
 * a longer one, and the last one the beginning.
 * @returns nothing for a text of nothing but punctuation and spaces
 */
export const soughtIn = (folded: string): readonly Sought[] =>
  [...runsOf(folded)].map((run) => {
    const { text, at } = run;
    if (isInPieces(run)) return { text, place: undefined, pieces: piecesOf(run) };
    const place = placeOf(at > 0, at + text.length < folded.length);
    // Of a run that is longer than what is looked for only pieces may be there.
    const pieces = place === 'whole' || run.isUnspaced ? [] : piecesOf(run);
    return { text, place, pieces: pieces.length > 1 ? pieces : undefined };
  });
