import type { Context } from './context.js';
import type { Said } from './say.js';

/** Something that is on its way. */
export interface Sending extends Said {
  /**
   * Resolves, and never rejects: `taken` when the own server has it for all recipients; `waiting` when that is not so in
   * time, or when the client ends. Then it goes out with the next login, and the event `sent-state` tells.
   */
  readonly outcome: Promise<'taken' | 'waiting'>;
}

/** Those that somebody may wait for. */
export interface Sendings {
  /** With what says how it ends, for something that is being said. */
  follow(saying: Promise<Said>): Promise<Sending>;
  close(): void;
}

/** @param timeout how long the server may take, in milliseconds */
export function followSendings({ events, wire }: Context, timeout: number): Sendings {
  const taken = new Set<string>();
  const open = new Map<string, (outcome: 'taken' | 'waiting') => void>();
  let closed = false;
  let sayings = 0;

  events.on('sent-state', ({ id, state }) => {
    if (state.kind !== 'taken') return;
    const end = open.get(id);
    if (end !== undefined) end('taken');
    // It may be quicker than the promise of its id.
    else if (sayings > 0) taken.add(id);
  });

  const outcomeOf = (id: string): Promise<'taken' | 'waiting'> => {
    if (taken.delete(id)) return Promise.resolve('taken');
    if (closed) return Promise.resolve('waiting');
    return new Promise((resolve) => {
      const cancel = wire.platform.after(timeout, () => end('waiting'));
      const end = (outcome: 'taken' | 'waiting'): void => {
        cancel();
        open.delete(id);
        resolve(outcome);
      };
      open.set(id, end);
    });
  };

  return {
    follow: async (saying) => {
      sayings += 1;
      try {
        const said = await saying;
        return { ...said, outcome: outcomeOf(said.id) };
      } finally {
        sayings -= 1;
        if (sayings === 0) taken.clear();
      }
    },
    close: () => {
      closed = true;
      for (const end of [...open.values()]) end('waiting');
    },
  };
}
