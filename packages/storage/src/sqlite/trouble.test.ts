import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import {
  asked,
  BEGINNING,
  commit,
  created,
  found,
  GROUP,
  joined,
  memberId,
  posted,
  query,
} from '../../test/samples.js';
import { StoreError } from '../error.js';
import { openStore } from '../index.js';
import { openSqlite } from './store.js';

/** Every commit waits for the disk, and the disk may be busy with something else. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const newPath = temporaryPaths();

const kindOf = (cause: unknown): string =>
  cause instanceof StoreError ? cause.kind : `no StoreError: ${String(cause)}`;

/** Posts until nothing more goes in: how many commits were acknowledged, and what stopped the next one. */
async function fill(store: Awaited<ReturnType<typeof openSqlite>>, from: number) {
  let number = from;
  const xml = 'x'.repeat(3000);
  for (let revision = (await store.load(GROUP))?.revision ?? 0; ; revision += 1) {
    try {
      await store.commit([
        { group: GROUP, revision, events: [posted(number, { xml }), posted(number + 1, { xml })] },
      ]);
    } catch (cause) {
      return { last: number - 1, kind: kindOf(cause), message: cause instanceof Error ? cause.message : '' };
    }
    number += 2;
  }
}

describe('a full disk', () => {
  it('costs nothing that was acknowledged, and leaves nothing half done', async () => {
    const path = newPath();
    const store = await openSqlite(path, { maxPages: 120 });
    await commit(store, [created(), asked(1), joined(1)]);
    const { last, kind, message } = await fill(store, 1);
    expect(kind).toBe('full');
    expect(message).toContain('has no room left; free some on its disk');
    expect(last).toBeGreaterThan(2);

    const numbers = Array.from({ length: last }, (_, index) => index + 1);
    const group = await store.load(GROUP);
    expect(await found(store, {})).toEqual(numbers);
    await store.close();

    const roomy = await openSqlite(path);
    expect(await roomy.load(GROUP)).toEqual(group);
    expect(await found(roomy, {})).toEqual(numbers);
    await commit(roomy, [posted(last + 1), posted(last + 2)]);
    expect(await found(roomy, { withText: 'text' })).toHaveLength(last + 2);
    await roomy.index();
    expect(await found(roomy, { withText: 'text' })).toHaveLength(last + 2);
    await roomy.close();
  });

  it('is no more when something is removed: the open store goes on', async () => {
    const store = await openSqlite(newPath(), { maxPages: 120 });
    await commit(store, [created(), asked(1), joined(1)]);
    expect((await fill(store, 1)).kind).toBe('full');
    expect(await store.remove(GROUP)).toBe(true);
    await commit(store, [created(), asked(1), joined(1), posted(1)]);
    expect((await store.page(GROUP, query())).count).toBe(1);
    await store.close();
  });
});

describe('a file that another process writes to', () => {
  it('is waited for, and given up then, with nothing done', async () => {
    const path = newPath();
    const store = await openSqlite(path, { busyTimeout: 20 });
    await commit(store, BEGINNING);
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    const change = { group: GROUP, revision: 1, events: [posted(1)] };
    const cause = await store.commit([change]).catch((reason: unknown) => reason);
    expect(kindOf(cause)).toBe('locked');
    expect((await store.load(GROUP))?.revision).toBe(1);
    other.exec('COMMIT');
    other.close();
    expect(await store.commit([change])).toEqual([{ revision: 2 }]);
    await store.close();
  });
});

/** Text that makes an index of it much larger than itself. */
const manyWords = (seed: number): string =>
  Array.from({ length: 1500 }, (_, index) =>
    String.fromCodePoint(0x4e00 + ((seed * 1500 + index * 7) % 20_000)),
  ).join('');

const indexed = (db: Database.Database): unknown => db.prepare('SELECT count(*) FROM authored').pluck().get();

describe('an index that cannot be written', () => {
  const broken = async (): Promise<string> => {
    const path = newPath();
    await (await openSqlite(path)).close();
    const db = new Database(path);
    db.exec("CREATE TRIGGER broken BEFORE INSERT ON authored BEGIN SELECT RAISE(ABORT, 'no more'); END");
    db.close();
    return path;
  };

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is told of, once, and everything is found without it', async () => {
    const problems: StoreError[] = [];
    const url = `sqlite:${await broken()}`;
    const store = await openStore(url, { onProblem: (error) => problems.push(error) });
    await commit(store, [...BEGINNING, posted(1)]);
    vi.runAllTimers();
    await commit(store, [posted(2)]);
    vi.runAllTimers();
    expect(problems.map(({ kind, message }) => [kind, message])).toEqual([
      ['failed', expect.stringContaining('no more')],
    ]);
    expect(await found(store, { withText: 'text' })).toEqual([1, 2]);
    expect(await found(store, { author: memberId(1) })).toEqual([1, 2]);
    await store.close();
  });

  it('is a warning of the process when nobody else wants to know', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const store = await openStore(`sqlite:${await broken()}`);
    await commit(store, [...BEGINNING, posted(1)]);
    vi.runAllTimers();
    expect(warned.mock.calls).toEqual([[expect.objectContaining({ name: 'StoreError', kind: 'failed' })]]);
    warned.mockRestore();
    await store.close();
  });

  it('is not told of when the disk is full: callers hear of that', async () => {
    const problems: StoreError[] = [];
    const store = await openSqlite(newPath(), { maxPages: 120, onProblem: (error) => problems.push(error) });
    await commit(store, BEGINNING);
    for (let number = 1; number <= 20; number += 1)
      await commit(store, [posted(number, { text: manyWords(number) })]);
    vi.runAllTimers();
    await expect(store.index()).rejects.toMatchObject({ kind: 'full' });
    expect(problems).toEqual([]);
    await store.close();
  });

  it('is not told of while another process holds the lock, and follows with the next commit', async () => {
    const problems: StoreError[] = [];
    const path = newPath();
    const store = await openSqlite(path, { busyTimeout: 1, onProblem: (error) => problems.push(error) });
    await commit(store, [...BEGINNING, posted(1)]);
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    vi.runAllTimers();
    await expect(store.index()).rejects.toMatchObject({ kind: 'locked' });
    other.exec('ROLLBACK');
    expect(indexed(other)).toBe(0);
    await commit(store, [posted(2)]);
    vi.runAllTimers();
    expect(indexed(other)).toBe(2);
    expect(problems).toEqual([]);
    other.close();
    await store.close();
  });
});
