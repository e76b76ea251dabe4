import { type BareJid, domainOf } from '@xmpp-groups/core/jid';
import type { Store } from '@xmpp-groups/core/xabber';
import type { Logger } from 'pino';

/**
 * Ends the private chats whose group is gone: it was deleted by somebody who has only the database, or the daemon
 * ended between the deletion of the group and that of its chats.
 */
export interface Orphanage {
  /** Looks for them, unless that has succeeded before. */
  start(): void;
  /** Looks for them again: another daemon may be gone that was about to end them. */
  again(): void;
  /** Ends no more; resolves when nothing is under way. */
  stop(): Promise<void>;
}

export interface OrphanageOptions {
  readonly store: Pick<Store, 'orphans'>;
  /** Groups of other hosts may be in the same store. */
  readonly domain: BareJid;
  readonly log: Logger;
  end(chat: BareJid): void;
}

export function orphanage({ store, domain, log, end }: OrphanageOptions): Orphanage {
  let stopped = false;
  let done = false;
  let looking: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    if (done || stopped) return;
    try {
      const orphans = await store.orphans();
      if (stopped) return;
      done = true;
      const own = orphans.filter((chat) => domainOf(chat) === domain);
      own.forEach(end);
      if (own.length > 0) log.info({ chats: own.length }, 'private chats of groups that are gone have ended');
    } catch (error) {
      log.error({ err: error }, 'the private chats of groups that are gone could not be looked for');
    }
  };

  const start = (): void => {
    looking = looking.then(look);
  };

  return {
    start,
    again: () => {
      done = false;
      start();
    },
    stop: async () => {
      stopped = true;
      await looking;
    },
  };
}
