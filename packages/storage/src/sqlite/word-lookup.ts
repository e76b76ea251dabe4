import type { Database, Statement } from 'better-sqlite3';
import { gramsOf } from '../archive/cut.js';
import { type Place, type Sought, soughtIn } from '../archive/sought.js';
import { keyOf, keyOfTwice } from './vocabulary.js';

/** What the index of words knows about a text that is looked for. */
export interface Narrowed {
  /** What to ask the index for, so that it names every message that holds the text; `undefined`: there is none. */
  readonly match: string | undefined;
  /** Of how many runs the text consists (see `cut.ts`). */
  readonly runs: number;
  /** How many lists of messages have to be opened for that. */
  readonly lists: number;
  /** About how many entries of these lists have to be looked at. */
  readonly postings: number;
}

interface Word {
  readonly id: number;
  readonly held: number;
}

interface LookedUp {
  readonly text: string;
  readonly parts: string;
  readonly most: number;
}

/** Messages that hold one of `words`, or all of `pieces`. */
interface Condition {
  readonly words: readonly Word[];
  readonly pieces: readonly Word[];
}

/** A text in so many words is not looked for by the index, if only since most texts then hold one of them. */
const MOST_WORDS = 2_000;
/** So many words of all conditions together: to open a list takes as long as to read some twenty messages. */
const MOST_LISTS = 300;
/** Where one word may meet two conditions the lists are opened twice: not when there are more than these. */
const MOST_SHARED = 250;
/** Of the pieces of a run so many are looked up, from all of its parts, and the rarest of them asked for. */
const MOST_CONSIDERED = 32;
const MOST_PIECES = 6;
/** Of the parts of a word so many are looked up together. */
const MOST_PARTS = 4;

const BY_PARTS =
  'FROM word_parts CROSS JOIN words w ON w.id = word_parts.rowid WHERE word_parts MATCH :parts';
const LOOKUPS: Readonly<Record<Place, string>> = {
  whole: 'SELECT id, held FROM words WHERE word = :text LIMIT :most',
  // No word that begins with the text comes behind the text and the last character of all.
  start: 'SELECT id, held FROM words WHERE word >= :text AND word <= :text || char(0x10FFFF) LIMIT :most',
  end: `SELECT w.id, w.held ${BY_PARTS} AND substr(w.word, -length(:text)) = :text LIMIT :most`,
  inside: `SELECT w.id, w.held ${BY_PARTS} AND instr(w.word, :text) > 0 LIMIT :most`,
};

/** Some of a list, from all of its parts, the first and the last among them. */
function someOf<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  const step = (list.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, at) => list[Math.round(at * step)]).filter(
    (each) => each !== undefined,
  );
}

/** The parts of a word to look it up by: of three characters, unless it has fewer itself. */
function partsIn(text: string): string {
  const grams = gramsOf(text, 3);
  return someOf(grams.length > 0 ? grams : [text], MOST_PARTS)
    .map((part) => `"${part}"`)
    .join(' ');
}

const sumOf = (words: readonly Word[]): number => words.reduce((sum, { held }) => sum + held, 0);
const keyOfWord = ({ id }: Word): string => keyOf(id);
const listsOf = ({ words, pieces }: Condition): number => words.length + pieces.length;
const postingsOf = ({ words, pieces }: Condition): number =>
  sumOf(words) +
  Math.min(...pieces.map(({ held }) => held), Number.MAX_SAFE_INTEGER) * Number(pieces.length > 0);

/** In the language of the full-text index (https://www.sqlite.org/fts5.html, 3.7): keys have no operators in them. */
function matchOf({ words, pieces }: Condition): string {
  const all = pieces.length === 0 ? [] : [`(${pieces.map(keyOfWord).join(' AND ')})`];
  return `(${[...words.map(keyOfWord), ...all].join(' OR ')})`;
}

/** The only word by which one of two conditions is met as well as the other. */
function sharedBy(one: Condition, other: Condition): Word | undefined {
  const ids = new Set(one.words.map(({ id }) => id));
  const [word, ...more] = other.words.filter(({ id }) => ids.has(id));
  return more.length === 0 && listsOf(one) + listsOf(other) <= MOST_SHARED ? word : undefined;
}

const without = ({ words, pieces }: Condition, { id }: Word): Condition => ({
  words: words.filter((word) => word.id !== id),
  pieces,
});

/** Two conditions that one word alone must not meet: it has to be there twice, or another one beside it. */
function matchOfTwo(one: Condition, other: Condition, shared: Word): string {
  const ways = [
    [one, without(other, shared)],
    [without(one, shared), other],
  ].filter((way) => way.every((condition) => listsOf(condition) > 0));
  const both = ways.map((way) => `(${way.map(matchOf).join(' AND ')})`);
  return `(${[keyOfTwice(keyOfWord(shared)), ...both].join(' OR ')})`;
}

function matchesOf([one, ...others]: readonly Condition[]): readonly string[] {
  if (one === undefined) return [];
  for (const other of others) {
    const shared = sharedBy(one, other);
    if (shared === undefined) continue;
    return [matchOfTwo(one, other, shared), ...matchesOf(others.filter((each) => each !== other))];
  }
  return [matchOf(one), ...matchesOf(others)];
}

/**
 * The reader of the vocabulary: by which words the messages are found that hold a folded text.
 * @returns what to ask the index for, or `undefined` where it does not help
 */
export function wordLookup(db: Database): (folded: string) => Narrowed | undefined {
  const prepare = (sql: string): Statement<[LookedUp], Word> => db.prepare(sql);
  const lookups: Readonly<Record<Place, Statement<[LookedUp], Word>>> = {
    whole: prepare(LOOKUPS.whole),
    start: prepare(LOOKUPS.start),
    end: prepare(LOOKUPS.end),
    inside: prepare(LOOKUPS.inside),
  };
  const lookUp = (place: Place, text: string): readonly Word[] =>
    lookups[place].all({ text, parts: partsIn(text), most: MOST_WORDS + 1 });

  /** None where one of them is in no message. */
  const piecesOf = (texts: readonly string[]): readonly Word[] => {
    const found: Word[] = [];
    for (const text of new Set(someOf(texts, MOST_CONSIDERED))) {
      const [piece] = lookUp('whole', text);
      if (piece === undefined) return [];
      found.push(piece);
    }
    return found.sort((one, other) => one.held - other.held).slice(0, MOST_PIECES);
  };

  const conditionOf = ({ text, place, pieces }: Sought): Condition => ({
    words: place === undefined ? [] : lookUp(place, text),
    pieces: pieces === undefined ? [] : piecesOf(pieces),
  });

  return (folded) => {
    const conditions: Condition[] = [];
    const runs = soughtIn(folded);
    for (const sought of runs) {
      const condition = conditionOf(sought);
      if (listsOf(condition) === 0) return { match: undefined, runs: runs.length, lists: 0, postings: 0 };
      if (condition.words.length <= MOST_WORDS) conditions.push(condition);
    }
    conditions.sort((one, other) => postingsOf(one) - postingsOf(other) || listsOf(one) - listsOf(other));
    let lists = 0;
    // The one that fewest messages meet in any case; each further one if that is worth its while.
    const chosen = conditions.filter((condition, at) => {
      const isChosen = at === 0 || lists + listsOf(condition) <= MOST_LISTS;
      if (isChosen) lists += listsOf(condition);
      return isChosen;
    });
    if (chosen.length === 0) return undefined;
    return {
      match: matchesOf(chosen).join(' AND '),
      runs: runs.length,
      lists,
      postings: Math.min(...chosen.map(postingsOf)),
    };
  };
}
