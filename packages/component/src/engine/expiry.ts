import { type BareJid, domainOf } from '@xmpp-groups/core/jid';
import type { Change, Store } from '@xmpp-groups/core/xabber';
import type { Logger } from 'pino';

/** Lets rights end at their time, without anybody asking. One timer waits for the next end of all groups. */
export interface Expiry {
  /** Looks for what has ended, e.g. while nothing ran, and waits for what ends next. */
  start(): void;
  /** Waits for nothing until the next `start`: who is not connected leaves it to others, or to his return. */
  rest(): void;
  /** The same store, of whose commits the ends of rights are taken note. */
  watching(store: Pick<Store, 'commit'>): Pick<Store, 'commit'>;
  /** Waits no more; resolves when nothing is under way. */
  stop(): Promise<void>;
}

export interface ExpiryOptions {
  readonly store: Pick<Store, 'expiring'>;
  /** Groups of other hosts may be in the same store. */
  readonly domain: BareJid;
  readonly log: Logger;
  /** A right of this group has ended. */
  tick(group: BareJid): void;
}

/** Timers reach no further, in milliseconds. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** After how many milliseconds to look again at what should have ended and may not have. */
const AGAIN = 60_000;

export function createExpiry({ store, domain, log, tick }: ExpiryOptions): Expiry {
  let timer: NodeJS.Timeout | undefined;
  /** When the timer fires, in milliseconds since the epoch. */
  let armedFor = Number.POSITIVE_INFINITY;
  /** Nothing is waited for, and what was asked of the store does not matter any more. */
  let resting = true;
  let stopped = false;
  let looking: Promise<void> = Promise.resolve();

  const arm = (moment: number): void => {
    if (resting || stopped || moment >= armedFor) return;
    clearTimeout(timer);
    armedFor = moment;
    timer = setTimeout(fire, Math.min(Math.max(0, moment - Date.now()), LONGEST_WAIT));
  };

  const fire = (): void => {
    armedFor = Number.POSITIVE_INFINITY;
    looking = looking.then(look);
  };

  const look = async (): Promise<void> => {
    if (resting || stopped) return;
    const now = Date.now();
    try {
      const { groups, next } = await store.expiring(Math.floor(now / 1000));
      if (resting || stopped) return;
      const own = groups.filter((group) => domainOf(group) === domain);
      for (const group of own) tick(group);
      if (next !== undefined) arm(next * 1000);
      // A decision may fail to be committed: the right would still be there then.
      if (own.length > 0) arm(now + AGAIN);
    } catch (error) {
      log.error({ err: error }, 'the rights that end could not be read');
      arm(now + AGAIN);
    }
  };

  const note = (changes: readonly Change[]): void => {
    for (const { events } of changes) {
      for (const event of events) {
        if (event.kind === 'rightGranted' && event.until > 0) arm(event.until * 1000);
      }
    }
  };

  const disarm = (): void => {
    clearTimeout(timer);
    armedFor = Number.POSITIVE_INFINITY;
  };

  return {
    start: () => {
      resting = false;
      disarm();
      fire();
    },
    rest: () => {
      resting = true;
      disarm();
    },
    watching: (target) => ({
      commit: async (changes) => {
        const outcomes = await target.commit(changes);
        note(changes);
        return outcomes;
      },
    }),
    stop: async () => {
      stopped = true;
      disarm();
      await looking;
    },
  };
}
