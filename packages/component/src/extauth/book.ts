import { setTimeout as delay } from 'node:timers/promises';
import { type Accounts, StoreError } from '@xmpp-groups/storage';

/** Milliseconds between two attempts on a locked database. */
const PAUSE = 50;

/** The accounts in the database, whether it can be read just now or not. */
export interface Book {
  /**
   * Does `work`, once the database is there to work on. While another process has it locked, that is tried again.
   * Rejects when that lasts too long, when `signal` is aborted before, and for any other fault at once.
   */
  ask<T>(work: (accounts: Accounts) => Promise<T>, signal: AbortSignal): Promise<T>;
  close(): Promise<void>;
}

/**
 * @param open opens the database. Called when it is needed, and again after a failure: the program starts with the
 * server, perhaps before there is a database, and is not started anew when the database has been mended
 * @param patience milliseconds for which a locked database is tried
 */
export function createBook(open: () => Promise<Accounts>, patience: number): Book {
  let accounts: Accounts | undefined;
  const close = async (): Promise<void> => {
    const closing = accounts;
    accounts = undefined;
    await closing?.close();
  };

  return {
    ask: async (work, signal) => {
      const begun = performance.now();
      for (;;) {
        signal.throwIfAborted();
        try {
          accounts ??= await open();
          return await work(accounts);
        } catch (error) {
          const isLocked = error instanceof StoreError && error.kind === 'locked';
          if (!isLocked) await close();
          if (!isLocked || performance.now() - begun > patience) throw error;
        }
        await delay(PAUSE);
      }
    },
    close,
  };
}
