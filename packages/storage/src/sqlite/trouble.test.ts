import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import { asked, commit, created, found, GROUP, joined, posted, query } from '../../test/samples.js';
import { StoreError } from '../error.js';
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
    await commit(store, [created()]);
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    const change = { group: GROUP, revision: 1, events: [posted(1)] };
    const cause = await store.commit([change]).catch((reason: unknown) => reason);
    expect(kindOf(cause)).toBe('locked');
    expect((await store.load(GROUP))?.revision).toBe(1);
    other.exec('COMMIT');
    other.close();
    expect(await store.commit([change])).toEqual(['committed']);
    await store.close();
  });
});
