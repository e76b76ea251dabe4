import { expect, it, vi } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import { openDatabase } from './open.js';
import { removalOfTrigrams } from './trigrams.js';

/** Every commit waits for the disk, and the disk may be busy with something else. */
vi.setConfig({ testTimeout: 60_000 });
const newPath = temporaryPaths();

it.each([
  ['at once from a small file', 0, [false]],
  [
    'in slices from a large one, of its blocks and of its 1,500 documents',
    70_000_000,
    [true, true, true, false],
  ],
])('removes the old index: %s', (_how, bytes, expected) => {
  const db = openDatabase(newPath(), {});
  db.exec(`
    CREATE TABLE other (bytes BLOB);
    INSERT INTO other VALUES (zeroblob(${bytes}));
    WITH RECURSIVE place (seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM place WHERE seq < 1500)
    INSERT INTO message_search (rowid, folded) SELECT seq, hex(randomblob(500)) FROM place`);
  const remove = removalOfTrigrams(db);
  const steps: boolean[] = [];
  do steps.push(remove());
  while (steps.at(-1) === true);
  expect(steps).toEqual(expected);
  expect(db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'message_search%'").all()).toEqual([]);
  expect(remove()).toBe(false);
  expect(() => db.exec('DELETE FROM word_parts_data WHERE id > 10')).toThrow('may not be modified');
  db.close();
});
