import { type BareJid, domainOf } from '@xmpp-groups/core/jid';
import { pause, waitBefore } from '../link/backoff.js';
import type { AccountGroups } from './account-groups.js';
import { inTurns } from './in-turns.js';

/** Takes accounts that were erased out of all groups of a host. */
export interface Erasures {
  /** @returns whether all of it is done: `false` when it was stopped before */
  erase(jid: BareJid): Promise<boolean>;
  /** Fulfilled when an account is gone that is being erased now; `undefined` for all others. */
  underWay(jid: BareJid): Promise<boolean> | undefined;
  /** Begins nothing more; resolves when nothing is under way. */
  stop(): Promise<void>;
}

/** So many groups at once: others have something to say meanwhile. */
const AT_ONCE = 16;

/**
 * A group knows an account until all of it is erased there: which groups are left to do is asked of the store, again and
 * again until there is none. So nothing is lost when a group was changed by somebody else meanwhile, or the storage
 * failed for a time; and who begins anew after a crash goes on where the other one ended.
 */
export function createErasures({ store, domain, log, put }: AccountGroups): Erasures {
  const running = new Map<BareJid, Promise<boolean>>();
  const stopping = new AbortController();

  const groupsOf = async (jid: BareJid): Promise<BareJid[]> =>
    (await store.groupsOf(jid)).filter((group) => domainOf(group) === domain);

  const eraseIn = (group: BareJid, jid: BareJid): Promise<void> =>
    new Promise((resolve) => put(group, { command: { kind: 'erase', jid }, finished: resolve }));

  /** @returns how many groups had something to do */
  const round = async (jid: BareJid): Promise<number> => {
    const groups = await groupsOf(jid);
    await inTurns(groups, AT_ONCE, async (group) => {
      if (!stopping.signal.aborted) await eraseIn(group, jid);
    });
    return groups.length;
  };

  const run = async (jid: BareJid): Promise<boolean> => {
    for (let rounds = 0; !stopping.signal.aborted; rounds += 1) {
      if (rounds > 1) await pause(waitBefore(rounds - 2, Math.random()), stopping.signal);
      if (stopping.signal.aborted) break;
      try {
        const groups = await round(jid);
        if (groups === 0) return true;
        if (rounds === 0) log.info({ groups }, 'an account was erased: it leaves its groups');
      } catch (error) {
        log.error({ err: error }, 'the groups of an account that was erased could not be read');
      }
    }
    return false;
  };

  return {
    erase: (jid) => {
      const known = running.get(jid);
      if (known !== undefined) return known;
      const begun = run(jid).finally(() => running.delete(jid));
      running.set(jid, begun);
      return begun;
    },
    underWay: (jid) => running.get(jid),
    stop: async () => {
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}
