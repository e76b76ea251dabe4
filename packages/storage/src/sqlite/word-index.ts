import type { Database } from 'better-sqlite3';
import { keyOf, keysOf, vocabularyIn } from './vocabulary.js';

interface Behind {
  readonly id: number;
  readonly indexed_seq: number;
  readonly last_seq: number;
}

interface Part {
  readonly id: number;
  readonly first: number;
  readonly last: number;
}

interface Text {
  readonly seq: number;
  readonly text: string;
}

/** Messages to index at once: about 3 ms of work, for which a commit may have to wait. With 512 it takes a tenth less in all. */
const SLICE = 64;

/** One message in so many is counted, for as many: to count each of them would take longer than to index it. */
const COUNTED_EVERY = 32;

/** So many keys of words are remembered, some ten megabytes; then they are looked up anew. */
const MOST_KEYS = 100_000;

interface WordIndexer {
  /** Indexes the next messages, inside a transaction; whether there are more. */
  step(): boolean;
  /** What the last step wrote is not there. */
  forgetKeys(): void;
}

/** The writer of the indexes by author and by words. */
export function wordIndexer(db: Database): WordIndexer {
  const behind = db.prepare<[number, number], Behind>(
    'SELECT id, indexed_seq, last_seq FROM groups WHERE indexed_seq < last_seq AND id > ? ORDER BY id LIMIT ?',
  );
  const addText = textWriter(db);
  const stretch = 'id BETWEEN (:id << 32) | :first AND (:id << 32) | :last';
  const texts = db.prepare<[Part], Text>(
    `SELECT id & 4294967295 AS seq, text FROM messages WHERE ${stretch} ORDER BY id`,
  );
  // Some may be there since a time before the words were indexed anew.
  const addAuthors = db.prepare<[Part]>(`
    INSERT OR IGNORE INTO authored (group_id, author, seq)
    SELECT group_id, author, id & 4294967295 FROM messages WHERE ${stretch} AND author IS NOT NULL`);
  const advance = db.prepare('UPDATE groups SET indexed_seq = :last WHERE id = :id');
  /** The group that was served last: they take turns, or a busy one would keep the others waiting. */
  let served = 0;

  return {
    step: () => {
      const next = behind.all(served, SLICE);
      const parts: Part[] = [];
      let room = SLICE;
      for (const { id, indexed_seq, last_seq } of next.length > 0 ? next : behind.all(0, SLICE)) {
        if (room === 0) break;
        const last = Math.min(last_seq, indexed_seq + room);
        parts.push({ id, first: indexed_seq + 1, last });
        room -= last - indexed_seq;
        served = id;
      }
      // The texts of all groups come last: what else is inserted would have the index write out what it has gathered.
      for (const part of parts) {
        addAuthors.run(part);
        advance.run({ id: part.id, last: part.last });
      }
      if (parts.length > 0) addText.begin();
      for (const part of parts) for (const text of texts.all(part)) addText.write(part.id, text);
      return behind.get(0, 1) !== undefined;
    },
    forgetKeys: addText.forgetKeys,
  };
}

function textWriter(db: Database) {
  const vocabulary = vocabularyIn(db);
  const add = db.prepare<[number, number, string]>(
    'INSERT INTO message_words (rowid, keys) VALUES ((? << 32) | ?, ?)',
  );
  const count = db.prepare<[number, string]>('UPDATE words SET held = held + ? WHERE word = ?');
  const keys = new Map<string, string>();
  let removals = 0;

  const keyOfWord = (word: string): string => {
    const known = keys.get(word);
    if (known !== undefined) return known;
    const key = keyOf(vocabulary.idOf(word));
    if (keys.size >= MOST_KEYS) keys.clear();
    keys.set(word, key);
    return key;
  };
  const counted = (word: string): string => {
    const key = keyOfWord(word);
    count.run(COUNTED_EVERY, word);
    return key;
  };
  return {
    /** To be called at the beginning of each transaction. */
    begin: () => {
      const now = vocabulary.removals();
      if (now !== removals) keys.clear();
      removals = now;
    },
    write: (group: number, { seq, text }: Text) => {
      add.run(group, seq, keysOf(text, (group + seq) % COUNTED_EVERY === 0 ? counted : keyOfWord));
    },
    forgetKeys: () => keys.clear(),
  };
}
