import type { BareJid } from '@xmpp-groups/core/jid';
import { refusalForNow, type StanzaError } from '@xmpp-groups/core/stanza';
import { LRUCache } from 'lru-cache';

/** Counts the groups that users create: only so many each within a day. After a restart it begins anew. */
export interface Creations {
  /**
   * Somebody wants to create a group. `now` in milliseconds.
   * @returns why he may not now; or the function to be called when nothing came of it, and it does not count
   */
  begin(creator: BareJid, now: number): StanzaError | (() => void);
}

const DAY = 24 * 60 * 60 * 1000;

/** How many creators it remembers; the oldest are counted anew. */
const REMEMBERED = 10_000;

/** @param perDay how many each may create within a day; `0`: as many as he likes */
export function createCreations(perDay: number): Creations {
  const byCreator = new LRUCache<BareJid, readonly number[]>({ max: REMEMBERED });

  return {
    begin: (creator, now) => {
      if (perDay === 0) return () => undefined;
      const within = (byCreator.get(creator) ?? []).filter((at) => at > now - DAY && at <= now);
      const [first] = within;
      if (first !== undefined && within.length >= perDay) {
        const hours = Math.ceil((first + DAY - now) / 3_600_000);
        return refusalForNow(
          'resource-constraint',
          `You can create ${perDay === 1 ? '1 group' : `${perDay} groups`} a day here. ` +
            `Please try again in ${hours === 1 ? '1 hour' : `${hours} hours`}`,
        );
      }
      byCreator.set(creator, [...within, now]);
      return () => {
        const counted = byCreator.get(creator) ?? [];
        const at = counted.indexOf(now);
        if (at >= 0) byCreator.set(creator, counted.toSpliced(at, 1));
      };
    },
  };
}
