import Database from 'better-sqlite3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import { BEGINNING, bare, commit, created, GROUP, joined } from '../../test/samples.js';
import type { Accounts } from '../accounts.js';
import { openAccounts, openStore } from '../index.js';

/** Every commit waits for the disk, and the disk may be busy with something else. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const newPath = temporaryPaths();
const ROMEO = bare('romeo@example.com');
const JULIET = bare('juliet@example.com');
const opened: Accounts[] = [];

async function open(path = newPath(), busyTimeout = 20): Promise<Accounts> {
  const accounts = await openAccounts(`sqlite:${path}`, { busyTimeout });
  opened.push(accounts);
  return accounts;
}
afterEach(async () => {
  for (const accounts of opened.splice(0)) await accounts.close();
});

describe('accounts', () => {
  it('come, change and go', async () => {
    const accounts = await open();
    expect(await accounts.add(ROMEO, 'one', 1)).toBe('added');
    expect(await accounts.add(JULIET, 'two', 2)).toBe('added');
    expect(await accounts.add(ROMEO, 'three', 3)).toBe('exists');
    expect(await accounts.list()).toEqual([
      { jid: JULIET, createdAt: 2 },
      { jid: ROMEO, createdAt: 1 },
    ]);
    expect(await accounts.passwordOf(ROMEO)).toBe('one');
    expect(await accounts.change(ROMEO, 'four')).toBe(true);
    expect(await accounts.passwordOf(ROMEO)).toBe('four');
    expect(await accounts.remove(ROMEO)).toBe(true);
    expect(await accounts.passwordOf(ROMEO)).toBeUndefined();
    expect([await accounts.remove(ROMEO), await accounts.change(ROMEO, 'five')]).toEqual([false, false]);
    expect(await accounts.passwordOf(JULIET)).toBe('two');
  });

  it('stay when they are closed, and say so when they are asked then', async () => {
    const path = newPath();
    const first = await openAccounts(`sqlite:${path}`);
    await first.add(ROMEO, 'one', 1);
    await first.close();
    await expect(first.passwordOf(ROMEO)).rejects.toMatchObject({ kind: 'failed' });
    expect(await (await open(path)).passwordOf(ROMEO)).toBe('one');
  });

  it('are refused the JID of a group, of any host, for as long as there is one', async () => {
    const path = newPath();
    const store = await openStore(`sqlite:${path}`);
    const accounts = await open(path);
    expect(await accounts.isGroup(GROUP)).toBe(false);
    await commit(store, BEGINNING);
    expect(await accounts.isGroup(GROUP)).toBe(true);
    expect(await accounts.isGroup(ROMEO)).toBe(false);
    expect(await accounts.add(GROUP, 'one', 1)).toBe('group');
    expect(await accounts.passwordOf(GROUP)).toBeUndefined();
    await store.remove(GROUP);
    expect(await accounts.add(GROUP, 'one', 1)).toBe('added');
    await store.close();
  });

  it('keep groups from taking their JIDs, and no others', async () => {
    const path = newPath();
    const store = await openStore(`sqlite:${path}`);
    const accounts = await open(path);
    await accounts.add(ROMEO, 'one', 1);
    const create = (group: typeof ROMEO) => store.commit([{ group, revision: 0, events: [created()] }]);
    expect(await create(ROMEO)).toEqual(['conflict']);
    expect(await store.load(ROMEO)).toBeUndefined();
    expect(await create(JULIET)).toEqual([{ revision: 1 }]);
    await accounts.remove(ROMEO);
    expect(await create(ROMEO)).toEqual([{ revision: expect.any(Number) }]);
    // A member is no group.
    await commit(store, [...BEGINNING, joined(1)]);
    expect(await accounts.add(bare('user1@example.com'), 'one', 1)).toBe('added');
    await store.close();
  });

  it('are opened and read while another process writes, and written when it is done', async () => {
    const path = newPath();
    const accounts = await open(path);
    await accounts.add(ROMEO, 'one', 1);
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    expect(await accounts.passwordOf(ROMEO)).toBe('one');
    await expect(accounts.change(ROMEO, 'two')).rejects.toMatchObject({ kind: 'locked' });
    await expect(accounts.add(JULIET, 'two', 2)).rejects.toMatchObject({ kind: 'locked' });
    expect(await (await open(path)).passwordOf(ROMEO)).toBe('one');
    await expect(open(path).then((late) => late.remove(ROMEO))).rejects.toMatchObject({ kind: 'locked' });
    other.exec('ROLLBACK');
    other.close();
    expect(await accounts.passwordOf(ROMEO)).toBe('one');
    expect(await accounts.add(JULIET, 'two', 2)).toBe('added');
  });

  it('are not in the memory of a process', async () => {
    await expect(openAccounts('memory:')).rejects.toMatchObject({
      kind: 'unusable-url',
      message: expect.stringContaining('keeps no accounts'),
    });
  });
});
