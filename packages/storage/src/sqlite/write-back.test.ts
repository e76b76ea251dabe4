import { existsSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import { BEGINNING, commit, found, posted } from '../../test/samples.js';
import { openDatabase } from './open.js';
import { openSqlite } from './store.js';
import { writeBack } from './write-back.js';

/** Every commit waits for the disk, and the disk may be busy with something else. */
vi.setConfig({ testTimeout: 60_000 });
const newPath = temporaryPaths();

interface Lengths {
  readonly log: number;
}

const PAGES = 40;
const WAIT = { timeout: 50_000, interval: 5 };
const xml = 'x'.repeat(3000);

const neverCopied = (): never => {
  throw new Error('copied');
};

describe('a journal that grows', () => {
  it('is copied into the file beside the writing, and written over from its beginning then', async () => {
    const path = newPath();
    const store = await openSqlite(path, { journalPages: PAGES });
    const reader = new Database(path);
    const lengths = reader.prepare<[], Lengths>('PRAGMA wal_checkpoint(NOOP)');
    await commit(store, BEGINNING);
    let number = 0;
    let longest = 0;
    await vi.waitFor(async () => {
      number += 1;
      await commit(store, [posted(number, { xml })]);
      const log = lengths.get()?.log ?? 0;
      longest = Math.max(longest, log);
      expect(log).toBeLessThan(longest);
    }, WAIT);
    expect(longest).toBeGreaterThanOrEqual(PAGES);
    reader.close();
    await store.close();
    expect(existsSync(`${path}-wal`)).toBe(false);

    const again = await openSqlite(path);
    expect(await found(again, { page: { direction: 'forward', max: 100_000 } })).toHaveLength(number);
    await again.close();
  });

  it('is left to whoever closes the file, when that is while it is being copied', async () => {
    const path = newPath();
    const db = openDatabase(path, {});
    const copying = writeBack(db, path, { pages: 1, copied: neverCopied, failed: neverCopied });
    copying.look();
    await copying.stop();
    copying.look();
    db.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
  });
});

it('tells once that it cannot be copied, and tries it again', async () => {
  const path = newPath();
  const db = openDatabase(path, {});
  const other = `${path}-other`;
  writeFileSync(other, 'no database'.repeat(1000));
  const failed = vi.fn();
  const copied = vi.fn();
  const copying = writeBack(db, other, { pages: 1, copied, failed });
  copying.look();
  await vi.waitFor(() => expect(failed).toHaveBeenCalled(), WAIT);
  expect(failed.mock.calls).toEqual([[expect.objectContaining({ code: 'SQLITE_NOTADB' })]]);
  copying.look();
  await copying.stop();
  expect(failed).toHaveBeenCalledTimes(1);
  expect(copied).not.toHaveBeenCalled();
  db.close();
});
