import type { Socket } from 'node:net';
import { writeTogether } from './write-together.js';

interface Entry {
  readonly text: string;
  readonly keep: boolean;
  readonly isOne: boolean;
}

/** What was written to a socket and not yet taken by the operating system. */
export interface Outbox {
  /**
   * Writes `text` in one piece. With `keep` it is held until the operating system has it, to be written
   * again on the next socket when this one breaks before.
   * @param isOne whether it is a single stanza
   */
  write(socket: Socket, text: string, keep: boolean, isOne?: boolean): void;
  /** From here on nothing counts as taken any more. Call it when the socket has broken or was ended. */
  detach(): void;
  /** Of single stanzas that the last socket had not taken, forgets those that are not `wanted`. */
  keepOnly(wanted: (text: string) => boolean): void;
  /** Writes what the last socket had not taken to the next one, in order. */
  rewrite(socket: Socket): void;
}

export function createOutbox(): Outbox {
  let current = new Set<Entry>();
  let left: Entry[] = [];
  const write = (socket: Socket, text: string, keep: boolean, isOne = false): void => {
    const entry: Entry = { text, keep, isOne };
    const entries = current;
    entries.add(entry);
    writeTogether(socket, text, (error) => {
      if (error === undefined || error === null) entries.delete(entry);
    });
  };
  return {
    write,
    detach: () => {
      left = [...left, ...current].filter((entry) => entry.keep);
      current = new Set();
    },
    keepOnly: (wanted) => {
      left = left.filter(({ text, isOne }) => !isOne || wanted(text));
    },
    rewrite: (socket) => {
      const again = left;
      left = [];
      for (const { text, keep, isOne } of again) write(socket, text, keep, isOne);
    },
  };
}
