/** Questions whether a name is free for a group, and the answers of the module inside ejabberd. */
export interface Claims {
  /** Whether it is; rejects when no answer comes in time. Then the name is given back. */
  claim(name: string): Promise<boolean>;
  answered(name: string, free: boolean): void;
  /** There is a new connection: answers to what was asked before may have been lost. */
  askAgain(): void;
}

/** What goes to the module: a name is wanted for a group, or no more. */
type Say = (word: 'claim' | 'release', name: string) => void;

const CLAIM_MS = 10_000;

/** @param limit how long an answer may take, in milliseconds */
export function createClaims(say: Say, limit = CLAIM_MS): Claims {
  const open = new Map<string, ((free: boolean) => void)[]>();
  return {
    claim: (name) =>
      new Promise((resolve, reject) => {
        const settle = (free: boolean): void => {
          clearTimeout(timer);
          resolve(free);
        };
        const timer = setTimeout(() => {
          const left = open.get(name)?.filter((other) => other !== settle) ?? [];
          if (left.length > 0) open.set(name, left);
          else {
            open.delete(name);
            say('release', name);
          }
          reject(new Error(`mod_xmpp_groups did not say within ${limit / 1000} s whether ${name} is free`));
        }, limit);
        open.set(name, [...(open.get(name) ?? []), settle]);
        say('claim', name);
      }),
    answered: (name, free) => {
      const waiting = open.get(name) ?? [];
      open.delete(name);
      for (const settle of waiting) settle(free);
    },
    askAgain: () => {
      for (const name of open.keys()) say('claim', name);
    },
  };
}
