import type { Store } from '@xmpp-groups/core/xabber';
import { StoreError } from './error.js';
import { openMemory } from './memory/store.js';
import { openSqlite } from './sqlite/store.js';

export { StoreError, type StoreErrorKind } from './error.js';

/**
 * Opens the store that `url` names.
 * @param url `memory:`, or `sqlite:PATH` with a path as the file system takes it, relative to the working
 * directory; the file and its folder are created when they are missing
 * @throws StoreError (rejects) when there is no such kind of store, or it cannot be opened
 */
export async function openStore(url: string): Promise<Store> {
  if (url === 'memory:') return openMemory();
  const path = /^sqlite:(.+)$/s.exec(url)?.[1];
  if (path !== undefined) return openSqlite(path);
  throw new StoreError(
    'unusable-url',
    `${JSON.stringify(url)} names no store; give memory: or sqlite: and the path of a file`,
  );
}
