/**
 * Where a host keeps its groups.
 * @module @xmpp-groups/storage
 */
import type { Store } from '@xmpp-groups/core/xabber';
import { StoreError } from './error.js';
import { openMemory } from './memory/store.js';
import { openSqlite } from './sqlite/store.js';

export { type ClientState, openClientState } from './client-state/open.js';
export { StoreError, type StoreErrorKind } from './error.js';

/** How a store is opened. */
export interface StoreOptions {
  /**
   * Called when the store could not do what it does in the pauses of its work, and nobody waits for: let the
   * search indexes follow the archive. What they are for still works, only slower. Called once, not for each
   * further attempt that fails; not for a full disk, which callers meet in their own calls. Default: a warning
   * of the process.
   */
  readonly onProblem?: (error: StoreError) => void;
}

/**
 * Opens the store that `url` names.
 * @param url `memory:`, or `sqlite:PATH` with a path as the file system takes it, relative to the working
 * directory; the file and its folder are created when they are missing
 * @throws StoreError (rejects) when there is no such kind of store, or it cannot be opened
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  if (url === 'memory:') return openMemory();
  const path = /^sqlite:(.+)$/s.exec(url)?.[1];
  if (path !== undefined) return openSqlite(path, options);
  throw new StoreError(
    'unusable-url',
    `${JSON.stringify(url)} names no store; give memory: or sqlite: and the path of a file`,
  );
}
