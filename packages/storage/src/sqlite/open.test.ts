import { appendFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import { asked, bare, commit, created, GROUP, joined, posted } from '../../test/samples.js';
import { openStore, StoreError } from '../index.js';
import { migrations } from './migrations/index.js';
import { openSqlite } from './store.js';

/** Every commit waits for the disk, and the disk may be busy with something else. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const newPath = temporaryPaths();

/** The path of a store with some groups in it, closed. */
async function filled(messages = 300): Promise<string> {
  const path = newPath();
  const store = await openSqlite(path);
  await commit(store, [created(), asked(1), joined(1)]);
  await commit(
    store,
    Array.from({ length: messages }, (_, index) => posted(index + 1, { xml: 'x'.repeat(1000) })),
  );
  await store.index();
  await store.close();
  return path;
}

const failing = async (work: Promise<unknown>): Promise<StoreError> => {
  const cause = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (cause instanceof StoreError) return cause;
  throw new Error(`no StoreError: ${String(cause)}`);
};

const sql = (path: string, statement: string): void => {
  const db = new Database(path);
  db.exec(statement);
  db.close();
};

describe('openStore', () => {
  it.each(['', 'memory', 'memory:x', 'sqlite:', 'sqlite', 'postgres://localhost/x', '/tmp/groups.db'])(
    'refuses %j',
    async (url) => {
      expect(await failing(openStore(url))).toMatchObject({
        kind: 'unusable-url',
        message: `${JSON.stringify(url)} names no store; give memory: or sqlite: and the path of a file`,
      });
    },
  );

  it('makes the file and its folders, by a path relative to the working directory', async () => {
    const path = join(dirname(newPath()), 'one', 'two', 'groups.db');
    const store = await openStore(`sqlite:${relative(process.cwd(), path)}`);
    await commit(store, [created()]);
    await store.close();
    expect(readFileSync(path).subarray(0, 15).toString()).toBe('SQLite format 3');
  });

  it('opens what it has closed', async () => {
    const path = await filled();
    const store = await openStore(`sqlite:${path}`);
    expect((await store.load(GROUP))?.revision).toBe(2);
    await commit(store, [posted(1000)]);
    await store.close();
  });

  it('shares a file: two stores see each other’s commits, and only one of two on one revision succeeds', async () => {
    const path = newPath();
    const one = await openSqlite(path);
    const other = await openSqlite(path);
    await commit(one, [created()]);
    expect(await other.commit([{ group: GROUP, revision: 1, events: [asked(1)] }])).toEqual([
      { revision: 2 },
    ]);
    expect(await one.commit([{ group: GROUP, revision: 1, events: [asked(2)] }])).toEqual(['conflict']);
    expect(await one.load(GROUP)).toEqual(await other.load(GROUP));
    await one.close();
    await other.close();
  });
});

describe('a file that cannot be used', () => {
  it('is of a newer schema', async () => {
    const path = await filled();
    sql(path, `PRAGMA user_version = ${migrations.length + 1}`);
    const before = readFileSync(path);
    const { kind, message } = await failing(openSqlite(path));
    expect(kind).toBe('newer-schema');
    expect(message).toContain('install the release that wrote it');
    expect(readFileSync(path)).toEqual(before);
  });

  it.each([
    ['with an id of its own', 'PRAGMA application_id = 4711; CREATE TABLE t (x)'],
    ['without one', 'CREATE TABLE t (x)'],
    ['that is empty but has a version', 'PRAGMA user_version = 3'],
  ])('is the database of another application, %s, and is left as it is', async (_what, statement) => {
    const path = newPath();
    mkdirSync(dirname(path));
    sql(path, statement);
    const before = readFileSync(path);
    expect(await failing(openSqlite(path))).toMatchObject({
      kind: 'unusable-url',
      message: expect.stringContaining('another application'),
    });
    expect(readFileSync(path)).toEqual(before);
  });

  it('is no database, and is left as it is', async () => {
    const path = newPath();
    mkdirSync(dirname(path));
    writeFileSync(path, 'Dear diary, '.repeat(1000));
    expect((await failing(openSqlite(path))).kind).toBe('corrupt');
    expect(readFileSync(path, 'utf8')).toBe('Dear diary, '.repeat(1000));
  });

  it('is a folder or a device', async () => {
    const path = newPath();
    mkdirSync(path, { recursive: true });
    const expected = { kind: 'unusable-url', message: expect.stringContaining('is not a file') };
    expect(await failing(openSqlite(path))).toMatchObject(expected);
    expect(await failing(openSqlite('/dev/full'))).toMatchObject(expected);
  });

  it('is below a file', async () => {
    const path = newPath();
    mkdirSync(dirname(path));
    writeFileSync(path, '');
    expect((await failing(openSqlite(join(path, 'deeper', 'groups.db')))).kind).toBe('unusable-url');
  });

  it('can only be read', async () => {
    const path = await filled();
    const before = readFileSync(path);
    const failure = await failing(openSqlite(path, { readonly: true }));
    expect(failure.kind).toBe('read-only');
    expect(failure.message).toContain('give this process the right to write');
    expect(readFileSync(path)).toEqual(before);
  });
});

describe('a damaged file', () => {
  const PAGE = 4096;
  const scribble = (path: string, from: number, to: number): void => {
    const bytes = readFileSync(path);
    bytes.fill(0xa5, from, to);
    writeFileSync(path, bytes);
  };

  it.each([
    [
      'without its second half',
      (path: string, size: number) => truncateSync(path, Math.floor(size / 2 / PAGE) * PAGE),
    ],
    ['without its last bytes', (path: string, size: number) => truncateSync(path, size - 100)],
    ['without most of its first page', (path: string) => truncateSync(path, 1000)],
    ['with garbage for a header', (path: string) => scribble(path, 0, 100)],
    ['with garbage for a schema', (path: string) => scribble(path, 100, PAGE)],
    [
      'with garbage in the middle',
      (path: string, size: number) => scribble(path, size / 2, size / 2 + 3 * PAGE),
    ],
    ['with garbage at the end', (path: string, size: number) => scribble(path, size - 3 * PAGE, size)],
  ])('is recognised when it is opened: %s', async (_what, damage) => {
    const path = await filled();
    damage(path, readFileSync(path).length);
    const { kind, message } = await failing(openSqlite(path));
    expect({ kind, message }).toEqual({
      kind: 'corrupt',
      message: expect.stringContaining('restore it from a backup'),
    });
  });

  it('is as good as new with something behind its end', async () => {
    const path = await filled();
    appendFileSync(path, 'rest');
    const store = await openSqlite(path);
    expect((await store.load(GROUP))?.revision).toBe(2);
    await store.close();
  });

  it('is recognised when it is read, if it is too large to be checked at the start', async () => {
    const path = await filled(3000);
    const db = new Database(path);
    const pages = db
      .prepare<[], number>(
        "SELECT pageno FROM dbstat WHERE name = 'messages' AND pagetype = 'leaf' ORDER BY path",
      )
      .pluck()
      .all();
    db.close();
    const damaged = pages[100] ?? 0;
    scribble(path, (damaged - 1) * PAGE, damaged * PAGE);
    const store = await openSqlite(path, { checkedBytes: 0 });
    const everything = store.page(GROUP, { page: { direction: 'forward', max: 5000 } });
    expect((await failing(everything)).kind).toBe('corrupt');
    expect((await store.page(GROUP, { page: { direction: 'backward', max: 10 } })).messages).toHaveLength(10);
    await store.close();
  });

  it.each([
    ['newest messages', 'messages', 'last'],
    ['groups', 'groups', 'first'],
  ])('is recognised when it is opened even so: the %s', async (_what, table, which) => {
    const path = await filled(3000);
    const db = new Database(path);
    const pages = db
      .prepare<[string], number>(
        "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path",
      )
      .pluck()
      .all(table);
    db.close();
    const damaged = pages.at(which === 'last' ? -1 : 0) ?? 0;
    scribble(path, (damaged - 1) * PAGE, damaged * PAGE);
    expect((await failing(openSqlite(path, { checkedBytes: 0 }))).kind).toBe('corrupt');
  });

  it.each([
    ['a subscription', "UPDATE members SET subscription = 'perhaps'"],
    ['a JID', "UPDATE members SET jid = 'a@b/c'"],
    ['an avatar', "UPDATE members SET avatar = '{}'"],
    ['JSON', "UPDATE groups SET contacts = '['"],
    ['a list', "UPDATE groups SET domains = '[1]'"],
    ['a status', "UPDATE groups SET status = 'gone'"],
    ['a group’s avatar', "UPDATE groups SET avatar = '[]'"],
    ['a parent', "UPDATE groups SET parent = ''"],
    ['a restriction', "INSERT INTO default_restrictions SELECT id, 'owner', 0 FROM groups"],
    ['a disclosure', "INSERT INTO disclosures SELECT id, 'a', 'b', 'wish', '' FROM groups"],
    ['a right', "INSERT INTO rights SELECT id, 'fly', 0 FROM members"],
  ])('is recognised by what no release has written: %s', async (_what, statement) => {
    const path = await filled();
    sql(path, statement);
    const store = await openSqlite(path);
    expect((await failing(store.load(GROUP))).kind).toBe('corrupt');
    expect(await store.load(bare('mantua@groups.example.com'))).toBeUndefined();
    await store.close();
  });
});
