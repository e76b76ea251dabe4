import type { Database } from 'better-sqlite3';
import { StoreError } from '../error.js';
import { migrations } from './migrations/index.js';

/** "XMPg": whose file it is, in the header of the database (https://www.sqlite.org/fileformat2.html, 1.3.14). */
const APPLICATION_ID = 0x584d5067;

const numberOf = (db: Database, pragma: string): number => {
  const value = db.pragma(pragma, { simple: true });
  return typeof value === 'number' ? value : 0;
};

/**
 * Whether this package has written the file, or nobody has yet. Reads only.
 * @throws StoreError `newer-schema`, or `unusable-url` for the file of another application
 */
export function checkOwner(db: Database, path: string): void {
  const version = numberOf(db, 'user_version');
  if (numberOf(db, 'application_id') !== APPLICATION_ID) {
    const tables = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0;
    if (tables > 0 || version > 0) {
      throw new StoreError('unusable-url', `${path} is a database of another application; give another path`);
    }
  } else if (version > migrations.length) {
    throw new StoreError(
      'newer-schema',
      `${path} has the schema version ${version} and this release knows ${migrations.length}; install the release that wrote it`,
    );
  }
}

/**
 * Brings the schema up to date, each version in a transaction of its own. One that is up to date is only read, which
 * works also while another process writes.
 */
export function migrate(db: Database): void {
  if (numberOf(db, 'user_version') === migrations.length) return;
  const step = db.transaction((): boolean => {
    const version = numberOf(db, 'user_version');
    const migration = migrations[version];
    if (migration === undefined) return false;
    db.exec(migration);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${version + 1}`);
    return true;
  });
  while (step.immediate());
}
