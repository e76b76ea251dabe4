import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError, type StoreErrorKind } from '../error.js';

const PROBLEMS: ReadonlyMap<string, readonly [StoreErrorKind, string]> = new Map([
  ['EACCES', ['read-only', 'give this process the right to write there']],
  ['EPERM', ['read-only', 'give this process the right to write there']],
  ['EROFS', ['read-only', 'give a path on a disk that can be written to']],
  ['ENOSPC', ['full', 'free some room on its disk']],
  ['EDQUOT', ['full', 'free some room on its disk']],
]);

/**
 * Makes the folder of the file at `path`, and makes sure of the right to write there: SQLite says no more than
 * that it cannot open a file.
 * @throws StoreError
 */
export function preparePath(path: string): void {
  const folder = dirname(path);
  attempt(nearest(folder), (place) => accessSync(place, constants.W_OK));
  attempt(folder, (place) => mkdirSync(place, { recursive: true }));
  const file = statSync(path, { throwIfNoEntry: false });
  if (file === undefined) return;
  if (!file.isFile()) {
    throw new StoreError('unusable-url', `${path} is not a file; give the path of a file`);
  }
  attempt(path, (place) => accessSync(place, constants.R_OK | constants.W_OK));
}

/** The folder itself, or the innermost of those above it that exist. */
function nearest(folder: string): string {
  const above = dirname(folder);
  return above === folder || exists(folder) ? folder : nearest(above);
}

function exists(folder: string): boolean {
  try {
    return statSync(folder, { throwIfNoEntry: false }) !== undefined;
  } catch (cause) {
    throw problemWith(folder, cause);
  }
}

function attempt(place: string, work: (place: string) => void): void {
  try {
    work(place);
  } catch (cause) {
    throw problemWith(place, cause);
  }
}

function problemWith(place: string, cause: unknown): StoreError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  const [kind, mend] = PROBLEMS.get(code) ?? ['unusable-url', 'give a path in a folder that can exist'];
  return new StoreError(kind, `${place} cannot be written to (${code}); ${mend}`, cause);
}
