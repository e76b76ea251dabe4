import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EjabberdOptions } from '@xmpp-groups/harness';
import Database from 'better-sqlite3';

/** Where Debian and others keep what ejabberd's SQLite tables look like. */
const SCHEMAS = ['/usr/share/ejabberd/sql/lite.sql'];
const ERLANG_LIBRARIES = ['/usr/lib/erlang/lib', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'];

const entries = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
};

/** Whether ejabberd can use SQLite here: Debian keeps its driver in a package of its own. */
export const hasSqliteDriver = (): boolean =>
  ERLANG_LIBRARIES.some((folder) => entries(folder).some((name) => name.startsWith('p1_sqlite3-')));

/**
 * How mod_mam keeps archives: in SQLite where its driver is installed. Mnesia's table would get slower with
 * each message of a room, since it keeps a room's messages in one bag, and would not be on disk at once.
 */
export type ArchiveKind = 'sqlite' | 'mnesia';

/** MUC without the brakes of a public service; who comes and goes is not told to all, so that rooms fill fast. */
const MOD_MUC = {
  max_users: 5000,
  max_user_conferences: 1000,
  min_message_interval: 0,
  min_presence_interval: 0,
  max_users_presence: 5000,
  default_room_options: { persistent: false, max_users: 5000, mam: false, presence_broadcast: [] },
};

/** A room's archive outlives the room, so that it can be counted. */
const MOD_MAM = { assume_mam_usage: true, clear_archive_on_room_destroy: false };

/**
 * What is different from the harness's ejabberd.
 * @param keepsForUsers whether what users send and get is kept for each of them, too; rooms have their own setting
 */
export function ejabberdSettings(
  archive: ArchiveKind,
  databaseFile: string,
  keepsForUsers: boolean,
): Pick<EjabberdOptions, 'muc' | 'mam' | 'multicast' | 'modules' | 'config'> {
  const byDefault = { default: keepsForUsers ? 'always' : 'never' } as const;
  return {
    muc: true,
    mam: archive === 'mnesia' ? byDefault : false,
    // A component counts as remote (mod_multicast).
    multicast: { limit: 5000 },
    modules: {
      mod_muc: MOD_MUC,
      mod_mix: {},
      mod_mix_pam: {},
      ...(archive === 'sqlite' ? { mod_mam: { db_type: 'sql', ...byDefault, ...MOD_MAM } } : {}),
    },
    config: archive === 'sqlite' ? { sql_type: 'sqlite', sql_database: databaseFile } : {},
  };
}

/** Makes ejabberd's database with its own schema, and in WAL mode: that is what suits it best. */
export function makeDatabase(file: string): void {
  const schema = SCHEMAS.find((path) => entries(join(path, '..')).includes('lite.sql'));
  if (schema === undefined) throw new Error(`ejabberd's schema for SQLite is not at ${SCHEMAS.join(', ')}.`);
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.exec(readFileSync(schema, 'utf8'));
  db.close();
}

/** How many messages ejabberd has archived for `room`, once it has ended. */
export function countRoomArchive(file: string, room: string): number {
  const db = new Database(file, { readonly: true });
  try {
    const row: unknown = db.prepare('SELECT count(*) AS count FROM archive WHERE username = ?').get(room);
    if (typeof row !== 'object' || row === null || !('count' in row) || typeof row.count !== 'number') {
      throw new Error('SQLite gave no count.');
    }
    return row.count;
  } finally {
    db.close();
  }
}
