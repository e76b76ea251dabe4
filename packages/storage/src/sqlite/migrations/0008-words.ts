/**
 * Messages are found by the words that they hold.
 *
 * `words` has each word once; `held` says about how many messages hold it, to tell what is rare: it is counted for some
 * messages only, and not taken back. `word_parts` finds words by what they have in them: `parts` are all their parts of one, two and three characters.
 * `message_words` finds messages by words: `keys` are the ids of their words, to base 36.
 *
 * `word_upkeep` has one row. `removals` counts how often words were forgotten, so that who remembers their ids looks
 * them up anew. After groups were removed all words are checked, from `next` (one above the next one) down to 0; `again`: once more after that.
 *
 * `search_forgotten.text` tells which words may be in no message any more.
 *
 * The index of three letters that was used before, `message_search`, is left to the indexer: to remove it takes long. All messages
 * are indexed anew, in the pauses; until then they are looked through.
 */
export const words = `
CREATE TABLE words (
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE,
  held INTEGER NOT NULL DEFAULT 0
);

CREATE VIRTUAL TABLE word_parts USING fts5 (
  parts,
  content = '',
  contentless_delete = 1,
  tokenize = 'ascii',
  detail = none
);

CREATE VIRTUAL TABLE message_words USING fts5 (
  keys,
  content = '',
  contentless_delete = 1,
  tokenize = 'ascii',
  detail = none
);

CREATE TABLE word_upkeep (
  removals INTEGER NOT NULL,
  next INTEGER NOT NULL,
  again INTEGER NOT NULL
);
INSERT INTO word_upkeep VALUES (0, 0, 0);

DROP TABLE search_forgotten;
CREATE TABLE search_forgotten (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
DELETE FROM search_leftovers;

UPDATE groups SET indexed_seq = 0 WHERE indexed_seq > 0;
`;
