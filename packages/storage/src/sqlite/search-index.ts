import type { Database } from 'better-sqlite3';
import { removalOfTrigrams } from './trigrams.js';
import { wordIndexer } from './word-index.js';
import { forgetting, forgettingGroups, wordSweep } from './word-upkeep.js';

const IS_BEHIND = `
  SELECT EXISTS (SELECT 1 FROM groups WHERE indexed_seq < last_seq)
    OR EXISTS (SELECT 1 FROM search_forgotten) OR EXISTS (SELECT 1 FROM search_leftovers)
    OR EXISTS (SELECT 1 FROM word_upkeep WHERE next > 0)`;

/**
 * The keeper of the indexes by author and by words, which follow the archive at a distance. Each call brings
 * them a slice further, in a transaction of its own.
 * @returns a function that tells whether anything is left to do
 */
export function searchIndexer(db: Database): () => boolean {
  const index = wordIndexer(db);
  const steps = [forgetting(db), forgettingGroups(db), wordSweep(db)];
  const removeTrigrams = removalOfTrigrams(db);
  const isBehind = db.prepare<[], number>(IS_BEHIND).pluck();
  const slice = db.transaction(() => [index.step(), ...steps.map((step) => step())].includes(true));

  const follow = (): boolean => {
    try {
      return slice.immediate();
    } catch (cause) {
      // Words that were entered in this slice have not been.
      index.forgetKeys();
      throw cause;
    }
  };
  // Another process may have been here: who has nothing to write does not make it wait.
  return () => (isBehind.get() === 1 && follow()) || removeTrigrams();
}
