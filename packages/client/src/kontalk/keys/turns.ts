import type { BareJid } from '@xmpp-groups/core/jid';

/** Work of which one piece at a time is done for each person, and only the newest of those that wait. */
export interface Turns {
  run(jid: BareJid, work: () => Promise<void>): void;
}

/** @param onFault gets why a piece of work has failed */
export function createTurns(onFault: (error: unknown) => void): Turns {
  const busy = new Map<BareJid, (() => Promise<void>) | undefined>();

  const go = (jid: BareJid, work: () => Promise<void>): void => {
    busy.set(jid, undefined);
    work()
      .catch(onFault)
      .finally(() => {
        const next = busy.get(jid);
        busy.delete(jid);
        if (next !== undefined) go(jid, next);
      });
  };

  return {
    run: (jid, work) => {
      if (busy.has(jid)) busy.set(jid, work);
      else go(jid, work);
    },
  };
}
