import type { Database } from 'better-sqlite3';
import { expect, it } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import { merging } from './merging.js';
import { openDatabase } from './open.js';

const newPath = temporaryPaths();

/** A database with an index of texts of so many words, which are in no other text. */
function indexed(words: number) {
  const db: Database = openDatabase(newPath(), {});
  db.exec(
    "CREATE VIRTUAL TABLE texts USING fts5 (text, content = '', contentless_delete = 1, detail = none)",
  );
  const insert = db.prepare<[number, string]>('INSERT INTO texts (rowid, text) VALUES (?, ?)');
  const parts = db.prepare<[], number>('SELECT count(DISTINCT segid) FROM texts_idx').pluck();
  const found = db.prepare<[string], number>('SELECT rowid FROM texts WHERE texts MATCH ?').pluck();
  return {
    db,
    merge: merging(db, 'texts'),
    add: (number: number) =>
      insert.run(number, Array.from({ length: words }, (_, place) => `text${number}word${place}`).join(' ')),
    parts: () => parts.get(),
    found: (word: string) => found.all(word),
  };
}

it('keeps an index that grows by a message at a time in few parts', () => {
  const { db, merge, add, parts, found } = indexed(3);
  for (let number = 1; number <= 100; number += 1) {
    add(number);
    while (merge());
  }
  expect(parts()).toBeLessThan(10);
  expect(found('text77word2')).toEqual([77]);
  db.close();
});

it('merges some pages at a time, and leaves none to who adds', () => {
  const { db, merge, add, parts, found } = indexed(9000);
  expect(merge()).toBe(false);
  const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
  for (const number of numbers) add(number);
  expect(parts()).toBe(numbers.length);
  let steps = 0;
  while (merge()) steps += 1;
  expect(steps).toBeGreaterThan(2);
  expect(parts()).toBeLessThan(numbers.length);
  for (const number of numbers) expect(found(`text${number}word8999`)).toEqual([number]);
  db.close();
});
