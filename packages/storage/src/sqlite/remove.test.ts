import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import { asked, bare, commit, created, GROUP, joined, memberId, NOW, posted } from '../../test/samples.js';
import { openSqlite } from './store.js';

/** Every commit waits for the disk, and the disk may be busy with something else. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const newPath = temporaryPaths();

const rowsByTable = (path: string): Record<string, number> => {
  const db = new Database(path, { readonly: true });
  const tables = db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'message_search_%'",
    )
    .pluck()
    .all();
  const count = (table: string) =>
    db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? -1;
  const rows = Object.fromEntries(tables.map((table) => [table, count(table)]));
  const documents = count('message_search_docsize');
  db.close();
  return { ...rows, documents };
};

it('leaves nothing of a removed group in any table', async () => {
  const path = newPath();
  const store = await openSqlite(path);
  const events = [
    created(),
    asked(1),
    joined(1),
    { kind: 'rightGranted', member: memberId(1), right: 'owner', until: 0, version: 1, at: NOW },
    { kind: 'blockAdded', block: { address: bare('spam.example'), member: undefined }, at: NOW },
    ...Array.from({ length: 700 }, (_, index) => posted(index + 1)),
  ] as const;
  await commit(store, events);
  await store.index();
  const full = rowsByTable(path);
  expect(full).toMatchObject({
    groups: 1,
    members: 1,
    rights: 1,
    blocks: 1,
    messages: 700,
    authored: 700,
    events: 5,
  });
  expect(full).toMatchObject({ message_search: 700, documents: 700, search_leftovers: 0 });
  expect(await store.remove(GROUP)).toBe(true);
  expect(rowsByTable(path)).toMatchObject({ groups: 0, messages: 0, authored: 0, search_leftovers: 1 });
  await store.index();
  expect(Object.entries(rowsByTable(path)).filter(([, rows]) => rows !== 0)).toEqual([]);
  await store.close();
});
