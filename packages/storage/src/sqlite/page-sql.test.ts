import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import { planOf } from '../../test/plan.js';
import { NEWEST } from './load.js';
import { openDatabase } from './open.js';
import {
  COUNT_AUTHORED,
  COUNT_BETWEEN,
  candidatesSql,
  countSql,
  MESSAGE_AT,
  MESSAGE_BY_ID,
  MESSAGE_BY_ORIGIN,
  MESSAGE_IN_GROUP,
  messagesSql,
  PLACE_AFTER,
  PLACE_BEFORE,
  PREVIOUS,
  PREVIOUS_OF_OTHERS,
  type Search,
} from './page-sql.js';

/** Every commit waits for the disk, and the disk may be busy with something else. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const newPath = temporaryPaths();
let db: Database.Database;
beforeAll(() => {
  db = openDatabase(newPath(), {});
});
afterAll(() => {
  db.close();
});

const searches: readonly Search[] = [
  { source: 'place', author: false, text: false, media: false },
  { source: 'place', author: true, text: false, media: false },
  { source: 'place', author: false, text: true, media: false },
  { source: 'place', author: true, text: true, media: false },
  { source: 'author', author: true, text: false, media: false },
  { source: 'author', author: true, text: true, media: false },
  { source: 'words', author: false, text: true, media: false },
  { source: 'words', author: true, text: true, media: false },
  { source: 'place', author: false, text: false, media: true },
  { source: 'author', author: true, text: false, media: true },
  { source: 'words', author: true, text: true, media: true },
];
const statements: readonly (readonly [string, string])[] = [
  ...searches.flatMap((search) => {
    const name = JSON.stringify(search);
    return [
      [`forward ${name}`, messagesSql(search, 'forward')],
      [`backward ${name}`, messagesSql(search, 'backward')],
      [`count ${name}`, countSql(search)],
      [`candidates forward ${name}`, candidatesSql({ ...search, text: true }, 'forward')],
      [`candidates backward ${name}`, candidatesSql({ ...search, text: true }, 'backward')],
    ] as const;
  }),
  ['the place after', PLACE_AFTER],
  ['the place before', PLACE_BEFORE],
  ['by place', MESSAGE_AT],
  ['by id', MESSAGE_BY_ID],
  ['by origin', MESSAGE_BY_ORIGIN],
  ['the one before', PREVIOUS],
  ['the one before of others', PREVIOUS_OF_OTHERS],
  ['the newest', NEWEST],
  ['by id in a group', MESSAGE_IN_GROUP],
  ['the number between', COUNT_BETWEEN],
  ['the number of an author', COUNT_AUTHORED],
];

describe('the plan of a page', () => {
  it.each(statements)('neither scans nor sorts: %s', (_name, sql) => {
    const plan = planOf(db, sql);
    expect(plan.length).toBeGreaterThan(0);
    for (const step of plan) {
      // The full-text index calls every access a scan; M is a query, > and < bounds of the key. What is counted is a query.
      expect(step).toMatch(
        /^(SEARCH|(CO-ROUTINE|SCAN) \(subquery-\d+\)$|(CORRELATED )?SCALAR SUBQUERY \d+$|SCAN message_words VIRTUAL TABLE INDEX \d+:M1><)/,
      );
    }
  });

  it('would tell a scan and a sort', () => {
    expect(planOf(db, 'SELECT * FROM messages WHERE group_id = ? ORDER BY text')).toEqual([
      expect.stringContaining('SEARCH'),
      expect.stringContaining('TEMP B-TREE'),
    ]);
    expect(planOf(db, 'SELECT * FROM messages WHERE text = ?')).toEqual([expect.stringContaining('SCAN')]);
  });
});
