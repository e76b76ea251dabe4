import { type BareJid, localpartOf } from '@xmpp-groups/core/jid';
import type { Store } from '@xmpp-groups/core/xabber';
import type { Logger } from 'pino';
import type { Names } from '../engine/names.js';
import type { BridgeLink } from './bridge-link.js';

/** How many names stand in one frame. */
const PART = 5_000;

interface NamesLink extends Pick<BridgeLink, 'domain' | 'mode' | 'claim' | 'say'> {
  on(event: 'up', listener: () => void): unknown;
}

/**
 * The names of the groups that live beside users, as the module inside ejabberd has to know them: all of them each
 * time when the link comes up, then what changes. On a domain of their own nothing is said, and every name is free.
 */
export function keepNames(link: NamesLink, store: Pick<Store, 'jidsOn'>, log: Logger): Names {
  /** What was given back while the list was being read: it may still stand in it. */
  let released = new Set<string>();

  const tellAll = async (): Promise<void> => {
    released = new Set();
    const before = released;
    const names = (await store.jidsOn(link.domain)).map(nameOf).filter((name) => !before.has(name));
    for (let from = 0; from === 0 || from < names.length; from += PART) {
      link.say({
        kind: 'groups',
        begins: from === 0,
        ends: from + PART >= names.length,
        names: names.slice(from, from + PART),
      });
    }
  };

  link.on('up', () => {
    if (link.mode() !== 'sameHost') return;
    tellAll().catch((error: unknown) =>
      log.error({ err: error }, 'ejabberd could not be told which names are groups'),
    );
  });

  return {
    claim: async (group) => link.mode() !== 'sameHost' || link.claim(nameOf(group)),
    release: (group) => {
      released.add(nameOf(group));
      if (link.mode() === 'sameHost') link.say({ kind: 'release', name: nameOf(group) });
    },
  };
}

const nameOf = (group: BareJid): string => localpartOf(group) ?? '';
