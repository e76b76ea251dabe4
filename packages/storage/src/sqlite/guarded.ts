import type { Database } from 'better-sqlite3';
import { StoreError } from '../error.js';
import { storeErrorOf } from './failure.js';

/**
 * Does `work` on the file at `file`.
 * @param db when given, has to be open
 * @throws StoreError and nothing else
 */
export function guardedBy<T>(file: string, work: () => T, db?: Database): T {
  if (db?.open === false) throw new StoreError('failed', `${file} is closed; open it again`);
  try {
    return work();
  } catch (cause) {
    throw storeErrorOf(cause, file);
  }
}
