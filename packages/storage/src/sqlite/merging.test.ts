import { expect, it } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import { BEGINNING, commit, found, posted } from '../../test/samples.js';
import { merging } from './merging.js';
import { openDatabase } from './open.js';
import { openSqlite } from './store.js';

const newPath = temporaryPaths();

it('keeps an index that grows by a few messages at a time in few parts', async () => {
  const path = newPath();
  const store = await openSqlite(path);
  await commit(store, BEGINNING);
  const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
  for (const number of numbers) {
    await commit(store, [posted(number)]);
    await store.index();
  }
  const db = openDatabase(path, {});
  const parts = db.prepare<[], number>('SELECT count(DISTINCT segid) FROM message_search_idx').pluck();
  expect(parts.get()).toBeLessThan(10);
  expect(merging(db, 'message_search')()).toBe(false);
  db.close();
  expect(await found(store, { withText: 'text' })).toEqual(numbers);
  await store.close();
});

it('merges a few pages at a time, and nothing of itself any more', () => {
  const db = openDatabase(newPath(), {});
  const parts = db.prepare<[], number>('SELECT count(DISTINCT segid) FROM message_search_idx').pluck();
  const add = db.prepare('INSERT INTO message_search (rowid, folded) VALUES (?, ?)');
  const merge = merging(db, 'message_search');
  expect(merge()).toBe(false);
  // Each message has many trigrams that no other has, so that a part takes several pages.
  const text = (number: number): string =>
    Array.from({ length: 9000 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((number * 2000 + index) % 20_000)),
    ).join('');
  for (let number = 1; number <= 8; number += 1) add.run(number, text(number));
  expect(parts.get()).toBe(8);
  let steps = 0;
  while (merge()) steps += 1;
  expect(steps).toBeGreaterThan(2);
  expect(parts.get()).toBeLessThan(8);
  db.close();
});
