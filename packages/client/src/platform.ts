/** What comes from the machine, so that tests can decide about it. */
export interface Platform {
  /** Calls `run` once, after `ms` milliseconds. Returns the function that prevents it. */
  after(ms: number, run: () => void): () => void;
  /** The time, in milliseconds since the epoch. */
  now(): number;
  /** An id that nobody guesses. */
  newId(): string;
  /** A whole number from 0 to `below` - 1 that nobody guesses; `below` is at most 2^32. */
  random(below: number): number;
  /** The SHA-1 of bytes, in hexadecimal digits. */
  sha1(bytes: Uint8Array): Promise<string>;
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function random(below: number): number {
  // Numbers behind the last whole multiple would make small results more likely.
  const end = Math.floor(2 ** 32 / below) * below;
  for (;;) {
    const [drawn = end] = crypto.getRandomValues(new Uint32Array(1));
    if (drawn < end) return drawn % below;
  }
}

/** Node and browsers. */
export const systemPlatform: Platform = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  now: () => Date.now(),
  random,
  newId: () => hex(crypto.getRandomValues(new Uint8Array(16))),
  sha1: async (bytes) => hex(new Uint8Array(await crypto.subtle.digest('SHA-1', Uint8Array.from(bytes)))),
};
