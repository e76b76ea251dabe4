/**
 * Where a host keeps its groups.
 * @module @xmpp-groups/storage
 */
import type { Store } from '@xmpp-groups/core/xabber';
import type { Accounts } from './accounts.js';
import { StoreError } from './error.js';
import { openMemory } from './memory/store.js';
import { openSqliteAccounts } from './sqlite/accounts.js';
import { openSqlite } from './sqlite/store.js';

export type { Account, Accounts, AddOutcome } from './accounts.js';
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
  const path = pathIn(url);
  if (path !== undefined) return openSqlite(path, options);
  throw new StoreError(
    'unusable-url',
    `${JSON.stringify(url)} names no store; give memory: or sqlite: and the path of a file`,
  );
}

const pathIn = (url: string): string | undefined => /^sqlite:(.+)$/s.exec(url)?.[1];

/** How accounts are opened. */
export interface AccountsOptions {
  /** Milliseconds that a call waits, and stops the process with it, while another process writes; 5,000 unless given. */
  readonly busyTimeout?: number;
}

/**
 * Opens the accounts in the store that `url` names: several processes may do so, beside the one that has the
 * groups.
 * @param url as for {@link openStore}, but not `memory:`, which no other process sees
 * @throws StoreError (rejects) when the store is of no such kind, or cannot be opened
 */
export async function openAccounts(url: string, options: AccountsOptions = {}): Promise<Accounts> {
  const path = pathIn(url);
  if (path !== undefined) return openSqliteAccounts(path, { ...options, checked: false });
  throw new StoreError(
    'unusable-url',
    `${JSON.stringify(url)} keeps no accounts; give sqlite: and the path of a file`,
  );
}
