import type { BareJid } from '@xmpp-groups/core/jid';
import type { Notice } from '@xmpp-groups/core/xabber';
import { LRUCache } from 'lru-cache';

/** Lets the author of a message hear once that it was seen, however many see it (reference 6.6). */
export interface SeenOnce {
  /** A `true` counts as said, of this message and of all that the same author wrote before it. */
  isNews(group: BareJid, seen: Extract<Notice, { kind: 'seen' }>): boolean;
}

/** How many authors it remembers; the others hear it once more, which does no harm. */
const REMEMBERED = 100_000;

export function seenOnce(): SeenOnce {
  const reported = new LRUCache<string, number>({ max: REMEMBERED });
  return {
    isNews: (group, { message }) => {
      const key = `${group} ${message.author ?? ''}`;
      if (message.stanzaId <= (reported.get(key) ?? 0)) return false;
      reported.set(key, message.stanzaId);
      return true;
    },
  };
}
