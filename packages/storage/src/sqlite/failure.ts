import Database from 'better-sqlite3';
import { StoreError, type StoreErrorKind } from '../error.js';

/** What the result codes of SQLite mean to whoever runs the store (https://www.sqlite.org/rescode.html). */
const MEANINGS: readonly (readonly [prefix: string, kind: StoreErrorKind, sentence: string])[] = [
  ['SQLITE_FULL', 'full', 'has no room left; free some on its disk'],
  ['SQLITE_IOERR_SHMSIZE', 'full', 'has no room left; free some on its disk'],
  ['SQLITE_CORRUPT', 'corrupt', 'is damaged; restore it from a backup'],
  ['SQLITE_NOTADB', 'corrupt', 'is no SQLite database; give another path or restore it from a backup'],
  [
    'SQLITE_READONLY',
    'read-only',
    'cannot be written; give this process the right to write to it and its folder',
  ],
  [
    'SQLITE_PERM',
    'read-only',
    'cannot be written; give this process the right to write to it and its folder',
  ],
  ['SQLITE_BUSY', 'locked', 'is locked by another process; stop that process or wait until it is done'],
  ['SQLITE_LOCKED', 'locked', 'is locked by another process; stop that process or wait until it is done'],
  [
    'SQLITE_CANTOPEN',
    'unusable-url',
    'cannot be opened; give the path of a file in a folder that can be written to',
  ],
];

/** The error that a caller of the store gets for what went wrong with the file at `path`. */
export function storeErrorOf(cause: unknown, path: string): StoreError {
  if (cause instanceof StoreError) return cause;
  if (cause instanceof Database.SqliteError) {
    const meaning = MEANINGS.find(([prefix]) => cause.code === prefix || cause.code.startsWith(`${prefix}_`));
    if (meaning !== undefined)
      return new StoreError(meaning[1], `${path} ${meaning[2]} (${cause.code})`, cause);
    return new StoreError(
      'failed',
      `${path} failed with ${cause.code}: ${cause.message}; see to its disk`,
      cause,
    );
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return new StoreError('failed', `${path}: ${message}; this is a fault of the program, report it`, cause);
}

/** What is in a row is not what this package writes. */
export const damagedRow = (what: string): StoreError =>
  new StoreError('corrupt', `the database holds ${what}; restore it from a backup`);
