import { message, startDaemon } from '../daemons.js';

/** What became of the messages of one daemon. */
export interface Hammered {
  /** In the order of the alphabet. */
  readonly said: readonly string[];
  readonly logged: readonly string[];
}

/**
 * Runs a daemon, as one of two, that is given `count` messages to one group: `window` of them wait at any time, as many
 * people would write.
 */
export async function hammer(
  url: string,
  from: string,
  word: string,
  count: number,
  window: number,
): Promise<Hammered> {
  const daemon = await startDaemon(url);
  daemon.engine.share(2);
  let next = 1;
  const writer = async (): Promise<void> => {
    while (next <= count) {
      const text = `${word}-${next++}`;
      await daemon.takes(message(from, text, text));
    }
  };
  await Promise.all(Array.from({ length: window }, writer));
  await daemon.stop();
  return { said: daemon.said.sort(), logged: daemon.logged };
}

/** Resolves when this process has read its programs: two that begin together work together. */
export async function ready(): Promise<void> {}
