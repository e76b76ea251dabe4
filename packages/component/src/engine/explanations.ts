import type { BareJid } from '@xmpp-groups/core/jid';
import { bareOf } from '@xmpp-groups/core/jid';
import type { Notice } from '@xmpp-groups/core/xabber';
import { LRUCache } from 'lru-cache';

type Explanation = Extract<Notice, { kind: 'explanation' }>;

/** Holds back what somebody has been told a short while ago. */
export interface ExplanationThrottle {
  /** `now` in milliseconds; a `true` counts as said. */
  allows(group: BareJid, explanation: Explanation, now: number): boolean;
}

/** How many people it remembers; the oldest are told again sooner, which does no harm. */
const REMEMBERED = 10_000;

export function explanationThrottle(): ExplanationThrottle {
  const told = new LRUCache<string, number>({ max: REMEMBERED });
  return {
    allows: (group, explanation, now) => {
      const key = `${group} ${bareOf(explanation.to)}`;
      const last = told.get(key);
      if (last !== undefined && now - last < explanation.every) return false;
      told.set(key, now);
      return true;
    },
  };
}
