import type { Database } from 'better-sqlite3';
import { merging } from './merging.js';
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
  const slice = db.transaction(() => {
    for (const step of [index.step, ...steps]) step();
  });
  const merges = ['message_words', 'word_parts'].map((table) => merging(db, table));
  /** What the last slice has added is merged before the next one adds to it. */
  let hasAdded = false;

  const merge = (): boolean => {
    if (!hasAdded) return false;
    // A merge that fails must not keep the index from following.
    hasAdded = false;
    hasAdded = merges.some((some) => some());
    return hasAdded;
  };
  const follow = (): boolean => {
    // Another process may have been here: who has nothing to write does not make it wait.
    if (isBehind.get() !== 1) return false;
    try {
      slice.immediate();
      hasAdded = true;
      return true;
    } catch (cause) {
      // Words that were entered in this slice have not been.
      index.forgetKeys();
      throw cause;
    }
  };
  return () => merge() || follow() || removeTrigrams();
}
