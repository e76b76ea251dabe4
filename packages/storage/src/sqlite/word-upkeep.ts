import type { Database } from 'better-sqlite3';
import { wordsIn } from '../archive/cut.js';
import { fold } from '../archive/fold.js';
import { keyOf, keysOf, vocabularyIn } from './vocabulary.js';

interface Leftover {
  readonly group_id: number;
  readonly last_seq: number;
}

interface Upkeep {
  readonly next: number;
  readonly again: number;
}

/** Messages to forget, and words to check, at once: about 5 ms of work, for which a commit may have to wait. */
const FORGOTTEN_SLICE = 16;
const LEFT_SLICE = 32;
const CHECKED_SLICE = 64;

/** A step of some milliseconds, inside a transaction; whether anything is left to do. */
type UpkeepStep = () => boolean;

/** Messages that were retracted, and the words that no other message holds. */
export function forgetting(db: Database): UpkeepStep {
  const { dropUnused } = vocabularyIn(db);
  const next = db.prepare<[number], string>('SELECT text FROM search_forgotten ORDER BY id LIMIT ?').pluck();
  const first = 'SELECT id FROM search_forgotten ORDER BY id LIMIT ?';
  const forget = db.prepare<[number]>(`DELETE FROM message_words WHERE rowid IN (${first})`);
  const done = db.prepare<[number]>(`DELETE FROM search_forgotten WHERE id IN (${first})`);
  const left = db.prepare('SELECT 1 FROM search_forgotten LIMIT 1');

  return () => {
    const texts = next.all(FORGOTTEN_SLICE);
    if (texts.length === 0) return false;
    forget.run(FORGOTTEN_SLICE);
    dropUnused(new Set(texts.flatMap((text) => wordsIn(fold(text)))));
    done.run(FORGOTTEN_SLICE);
    return left.get() !== undefined;
  };
}

/** What is left of removed groups, from the newest message to the oldest; their words have to be checked then. */
export function forgettingGroups(db: Database): UpkeepStep {
  const next = db.prepare<[], Leftover>('SELECT group_id, last_seq FROM search_leftovers LIMIT 1');
  const forgetText = db.prepare(
    'DELETE FROM message_words WHERE rowid BETWEEN (:group_id << 32) | :first AND (:group_id << 32) | :last_seq',
  );
  const retreat = db.prepare('UPDATE search_leftovers SET last_seq = :first - 1 WHERE group_id = :group_id');
  const done = db.prepare('DELETE FROM search_leftovers WHERE group_id = ?');
  const check = db.prepare<[]>(`
    UPDATE word_upkeep SET again = next > 0,
      next = CASE WHEN next > 0 THEN next ELSE (SELECT coalesce(max(id), 0) + 1 FROM words) END`);

  return () => {
    const leftover = next.get();
    if (leftover === undefined) return false;
    const part = { ...leftover, first: Math.max(1, leftover.last_seq - LEFT_SLICE + 1) };
    forgetText.run(part);
    if (part.first > 1) retreat.run(part);
    else {
      done.run(part.group_id);
      check.run();
    }
    return true;
  };
}

/** All words, from the newest to the oldest, after groups were removed whose texts are gone. */
export function wordSweep(db: Database): UpkeepStep {
  const { dropUnused } = vocabularyIn(db);
  const upkeep = db.prepare<[], Upkeep>('SELECT next, again FROM word_upkeep');
  const before = db.prepare<[number, number], { readonly id: number; readonly word: string }>(
    'SELECT id, word FROM words WHERE id < ? ORDER BY id DESC LIMIT ?',
  );
  const goOn = db.prepare<[number]>('UPDATE word_upkeep SET next = ?');
  const end = db.prepare<[]>(`
    UPDATE word_upkeep SET next = again * (SELECT coalesce(max(id), 0) + 1 FROM words), again = 0`);

  return () => {
    const { next, again } = upkeep.get() ?? { next: 0, again: 0 };
    if (next === 0) return false;
    const words = before.all(next, CHECKED_SLICE);
    dropUnused(words.map(({ word }) => word));
    const last = words.at(-1);
    if (last === undefined) end.run();
    else goOn.run(last.id);
    return last !== undefined || again === 1;
  };
}

/** What a message is found by after its text was replaced; what it was found by before is forgotten. */
export function textReplacer(
  db: Database,
): (group: number, seq: number, before: string, text: string) => void {
  const { idOf, dropUnused } = vocabularyIn(db);
  const indexAnew = db.prepare<[string, number, number]>(
    'UPDATE message_words SET keys = ? WHERE rowid = (? << 32) | ?',
  );
  return (group, seq, before, text) => {
    indexAnew.run(
      keysOf(text, (word) => keyOf(idOf(word))),
      group,
      seq,
    );
    dropUnused(new Set(wordsIn(fold(before))));
  };
}
