import type { Database } from 'better-sqlite3';
import { gramsOf, wordsIn } from '../archive/cut.js';
import { fold } from '../archive/fold.js';

/** The words that messages hold. All functions are to be called inside a transaction that may write. */
export interface Vocabulary {
  /** The key of a word, which is entered when it is new. */
  idOf(word: string): number;
  /** Forgets those words that no message holds any more. */
  dropUnused(words: Iterable<string>): void;
  /** Changes when words were forgotten, by whatever process: keys that somebody remembers may then be wrong. */
  removals(): number;
}

/** The longest parts of words that are looked up at once. */
const LONGEST_PART = 3;

/** The parts of a word by which it is found, as words for a tokenizer that knows nothing of them. */
const partsOf = (word: string): string =>
  [...new Set(Array.from({ length: LONGEST_PART }, (_, less) => gramsOf(word, less + 1)).flat())].join(' ');

/** How the index of messages calls a word. */
export const keyOf = (id: number): string => id.toString(36);

/** How it calls a word that a message holds more than once: two words that are looked for may be the same. */
export const keyOfTwice = (key: string): string => `${key}²`;

/** What the index of messages has of a message: the keys of its words, as words for a tokenizer. */
export function keysOf(text: string, keyOfWord: (word: string) => string): string {
  const words = new Set<string>();
  let keys = '';
  for (const word of wordsIn(fold(text))) {
    const key = keyOfWord(word);
    keys += words.has(word) ? `${keyOfTwice(key)} ` : `${key} `;
    words.add(word);
  }
  return keys;
}

export function vocabularyIn(db: Database): Vocabulary {
  const find = db.prepare<[string], number>('SELECT id FROM words WHERE word = ?').pluck();
  const enter = db.prepare<[string]>('INSERT INTO words (word) VALUES (?)');
  const enterParts = db.prepare<[number, string]>('INSERT INTO word_parts (rowid, parts) VALUES (?, ?)');
  const isHeld = db.prepare<[string]>('SELECT 1 FROM message_words WHERE message_words MATCH ? LIMIT 1');
  const drop = db.prepare<[number]>('DELETE FROM words WHERE id = ?');
  const dropParts = db.prepare<[number]>('DELETE FROM word_parts WHERE rowid = ?');
  const tell = db.prepare<[]>('UPDATE word_upkeep SET removals = removals + 1');
  const removals = db.prepare<[], number>('SELECT removals FROM word_upkeep').pluck();

  return {
    idOf: (word) => {
      const known = find.get(word);
      if (known !== undefined) return known;
      const id = Number(enter.run(word).lastInsertRowid);
      enterParts.run(id, partsOf(word));
      return id;
    },
    dropUnused: (words) => {
      let isTold = false;
      for (const word of words) {
        const id = find.get(word);
        if (id === undefined || isHeld.get(keyOf(id)) !== undefined) continue;
        drop.run(id);
        dropParts.run(id);
        if (!isTold) tell.run();
        isTold = true;
      }
    },
    removals: () => removals.get() ?? 0,
  };
}
