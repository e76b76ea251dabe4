/** What comes from the machine, so that tests can decide about it. */
export interface Platform {
  /** Calls `run` once, after `ms` milliseconds. Returns the function that prevents it. */
  after(ms: number, run: () => void): () => void;
  /** An id that nobody guesses. */
  newId(): string;
  /** The SHA-1 of bytes, in hexadecimal digits. */
  sha1(bytes: Uint8Array): Promise<string>;
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Node and browsers. */
export const systemPlatform: Platform = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  newId: () => hex(crypto.getRandomValues(new Uint8Array(16))),
  sha1: async (bytes) => hex(new Uint8Array(await crypto.subtle.digest('SHA-1', Uint8Array.from(bytes)))),
};
