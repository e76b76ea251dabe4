import { err, ok, type Result } from '@xmpp-groups/core/result';
import type { XmlElement } from '@xmpp-groups/core/xml';
import type { QueryFailure } from './link.js';

type Answer = Result<XmlElement, QueryFailure>;

interface Pending {
  readonly from: string;
  readonly settle: (answer: Answer) => void;
}

/** The IQs that were sent and not answered yet. */
export interface IqTracker {
  /**
   * Waits for the answer to the IQ `id`. Only an answer `from` the asked JID counts; the JID is given as a
   * server writes it. Fulfilled with the failure `timeout` after `timeoutMs` milliseconds.
   */
  expect(id: string, from: string, timeoutMs: number): Promise<Answer>;
  /**
   * Takes a stanza that came in.
   * @returns whether it was an answer that was waited for; others (late, forged, no answer at all) are left
   *   to the caller and settle nothing
   */
  take(stanza: XmlElement): boolean;
  /** Ends all waiting with the failure `down`. */
  failAll(): void;
}

export function createIqTracker(): IqTracker {
  const pending = new Map<string, Pending>();
  return {
    expect: (id, from, timeoutMs) =>
      new Promise((resolve) => {
        const settle = (answer: Answer): void => {
          clearTimeout(timer);
          pending.delete(id);
          resolve(answer);
        };
        const timer = setTimeout(() => settle(err({ kind: 'timeout' })), timeoutMs);
        pending.set(id, { from, settle });
      }),
    take: (stanza) => {
      const { id, type, from } = stanza.attrs;
      if (stanza.name !== 'iq' || id === undefined || (type !== 'result' && type !== 'error')) return false;
      const waiting = pending.get(id);
      if (waiting === undefined || waiting.from !== from) return false;
      waiting.settle(type === 'result' ? ok(stanza) : err({ kind: 'error', stanza }));
      return true;
    },
    failAll: () => {
      for (const { settle } of [...pending.values()]) settle(err({ kind: 'down' }));
    },
  };
}
