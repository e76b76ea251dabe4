import { resolve } from 'node:path';
import type { BareJid } from '@xmpp-groups/core/jid';
import type { Database } from 'better-sqlite3';
import type { Accounts, AddOutcome } from '../accounts.js';
import { guardedBy } from './guarded.js';
import { openDatabase, type SqliteOptions } from './open.js';
import { storedJid } from './rows.js';

/**
 * Opens the accounts in the SQLite file at `path`; it and its folder are created when they are missing.
 * @throws StoreError (rejects)
 */
export async function openSqliteAccounts(path: string, options: SqliteOptions = {}): Promise<Accounts> {
  const file = resolve(path);
  return guardedBy(file, () => accountsIn(openDatabase(file, options), file));
}

/** Whether an account has this JID. */
export function accountNames(db: Database): (jid: BareJid) => boolean {
  const found = db.prepare<[string], number>('SELECT 1 FROM accounts WHERE jid = ?').pluck();
  return (jid) => found.get(jid) !== undefined;
}

function accountsIn(db: Database, file: string): Accounts {
  const group = db.prepare<[string], number>('SELECT 1 FROM groups WHERE jid = ?').pluck();
  const password = db.prepare<[string], string>('SELECT password FROM accounts WHERE jid = ?').pluck();
  const insert = db.prepare<[string, string, number]>(
    'INSERT INTO accounts (jid, password, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const update = db.prepare<[string, string]>('UPDATE accounts SET password = ? WHERE jid = ?');
  const remove = db.prepare<[string]>('DELETE FROM accounts WHERE jid = ?');
  const list = db.prepare<[], { readonly jid: string; readonly created_at: number }>(
    'SELECT jid, created_at FROM accounts ORDER BY jid',
  );
  const isGroup = (jid: BareJid): boolean => group.get(jid) !== undefined;
  // BEGIN IMMEDIATE, as for changes of groups: no group comes between the look and the write.
  const add = db.transaction((jid: BareJid, hash: string, createdAt: number): AddOutcome => {
    if (isGroup(jid)) return 'group';
    return insert.run(jid, hash, createdAt).changes === 1 ? 'added' : 'exists';
  }).immediate;
  const guarded = async <T>(work: () => T): Promise<T> => guardedBy(file, work, db);

  return {
    isGroup: (jid) => guarded(() => isGroup(jid)),
    passwordOf: (jid) => guarded(() => password.get(jid)),
    add: (jid, hash, createdAt) => guarded(() => add(jid, hash, createdAt)),
    change: (jid, hash) => guarded(() => update.run(hash, jid).changes === 1),
    remove: (jid) => guarded(() => remove.run(jid).changes === 1),
    list: () =>
      guarded(() =>
        list.all().map(({ jid, created_at }) => ({ jid: storedJid(jid), createdAt: created_at })),
      ),
    close: async () => guardedBy(file, () => void db.close()),
  };
}
