import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import { StoreError } from '../error.js';
import { storeErrorOf } from '../sqlite/failure.js';
import { checkOwner, migrate, type Schema } from '../sqlite/migrate.js';
import { preparePath } from '../sqlite/path.js';
import { migrations } from './migrations.js';

/** What a client keeps on its machine: texts by names. It is the `StatePort` of `@xmpp-groups/client`. */
export interface ClientState {
  /** What was saved last under `name`; `undefined` when nothing was. Rejects with a `StoreError`. */
  load(name: string): Promise<string | undefined>;
  /** Resolves when `text` is on disk in place of what was there. Rejects with a `StoreError`. */
  save(name: string, text: string): Promise<void>;
  /** Closes the file; nothing may be called afterwards. */
  close(): Promise<void>;
}

/** "XMPc": the state of a client. */
const SCHEMA: Schema = { applicationId: 0x584d5063, migrations };

/**
 * Opens the SQLite file at `path`; it and its folder are created when they are missing.
 * @throws StoreError (rejects)
 */
export async function openClientState(path: string): Promise<ClientState> {
  const file = resolve(path);
  try {
    return stateOf(open(file), file);
  } catch (cause) {
    throw storeErrorOf(cause, file);
  }
}

function open(file: string): Database.Database {
  preparePath(file);
  const db = new Database(file);
  try {
    checkOwner(db, file, SCHEMA);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    migrate(db, SCHEMA);
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
}

function stateOf(db: Database.Database, file: string): ClientState {
  const read = db.prepare<[string], string>('SELECT text FROM texts WHERE name = ?').pluck();
  const write = db.prepare<[string, string]>(
    'INSERT INTO texts (name, text) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text',
  );
  const guarded = async <T>(work: () => T): Promise<T> => {
    if (!db.open) throw new StoreError('failed', `${file} is closed; open it again`);
    try {
      return work();
    } catch (cause) {
      throw storeErrorOf(cause, file);
    }
  };
  return {
    load: (name) => guarded(() => read.get(name)),
    save: (name, text) =>
      guarded(() => {
        write.run(name, text);
      }),
    close: async () => {
      db.close();
    },
  };
}
