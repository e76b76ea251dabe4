import type { Database } from 'better-sqlite3';
import { StoreError } from '../error.js';
import { migrations } from './migrations/index.js';

/** What a file of this package holds, and since when. */
export interface Schema {
  /** Whose file it is, in the header of the database (https://www.sqlite.org/fileformat2.html, 1.3.14). */
  readonly applicationId: number;
  /** What to run to come from version n to n + 1, at index n. A released one is never changed. */
  readonly migrations: readonly string[];
}

/** "XMPg": groups and their archives. */
const GROUPS: Schema = { applicationId: 0x584d5067, migrations };

const numberOf = (db: Database, pragma: string): number => {
  const value = db.pragma(pragma, { simple: true });
  return typeof value === 'number' ? value : 0;
};

/**
 * Whether this package has written the file, or nobody has yet. Reads only.
 * @throws StoreError `newer-schema`, or `unusable-url` for the file of another application
 */
export function checkOwner(db: Database, path: string, schema: Schema = GROUPS): void {
  const newest = schema.migrations.length;
  // One snapshot: between two reads a process that opens the same new file may make its tables.
  const { version, owner, tables } = db.transaction(() => ({
    version: numberOf(db, 'user_version'),
    owner: numberOf(db, 'application_id'),
    tables: db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0,
  }))();
  if (owner !== schema.applicationId) {
    if (tables > 0 || version > 0) {
      throw new StoreError('unusable-url', `${path} is a database of another application; give another path`);
    }
  } else if (version > newest) {
    throw new StoreError(
      'newer-schema',
      `${path} has the schema version ${version} and this release knows ${newest}; install the release that wrote it`,
    );
  }
}

/**
 * Brings the schema up to date, each version in a transaction of its own. One that is up to date is only read, which
 * works also while another process writes.
 */
export function migrate(db: Database, schema: Schema = GROUPS): void {
  if (numberOf(db, 'user_version') === schema.migrations.length) return;
  const step = db.transaction((): boolean => {
    const version = numberOf(db, 'user_version');
    const migration = schema.migrations[version];
    if (migration === undefined) return false;
    db.exec(migration);
    db.pragma(`application_id = ${schema.applicationId}`);
    db.pragma(`user_version = ${version + 1}`);
    return true;
  });
  while (step.immediate());
}
