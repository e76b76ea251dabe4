import { type BareJid, domainOf } from '@xmpp-groups/core/jid';
import type { Store } from '@xmpp-groups/core/xabber';
import type { Logger } from 'pino';

/**
 * Ends the private chats whose group is gone: it was deleted by somebody who has only the database, or the daemon
 * ended between the deletion of the group and that of its chats.
 */
export interface Orphanage {
  /** Looks for them, until that has succeeded once. */
  start(): void;
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
  let done = false;
  let looking: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    if (done) return;
    try {
      const orphans = await store.orphans();
      if (done) return;
      done = true;
      const own = orphans.filter((chat) => domainOf(chat) === domain);
      own.forEach(end);
      if (own.length > 0) log.info({ chats: own.length }, 'private chats of groups that are gone have ended');
    } catch (error) {
      log.error({ err: error }, 'the private chats of groups that are gone could not be looked for');
    }
  };

  return {
    start: () => {
      looking = looking.then(look);
    },
    stop: async () => {
      done = true;
      await looking;
    },
  };
}
