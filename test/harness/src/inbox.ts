import { serialise, type XmlElement } from '@xmpp-groups/core/xml';

export type Predicate = (stanza: XmlElement) => boolean;

export interface ExpectOptions {
  /** Milliseconds, 10,000 unless given. */
  readonly timeout?: number;
  /** What is waited for, in words, for the error. */
  readonly description?: string;
}

/** What a client has received, in order, and the waiting for more. */
export interface Inbox {
  push(stanza: XmlElement): void;
  /** Ends all waiting with an error that gives `reason`. */
  close(reason: string): void;
  /**
   * The first stanza that satisfies `predicate` after the last `mark` and after the stanza that the last
   * `expect` found; waits for it when it has not come yet. One stanza satisfies one `expect`. To wait for
   * stanzas that may come in any order, start the calls together (`Promise.all`).
   * Rejects with a list of what did come instead.
   */
  expect(predicate: Predicate, options?: ExpectOptions): Promise<XmlElement>;
  /** All stanzas so far that satisfy `predicate`, those before the mark included. */
  received(predicate?: Predicate): XmlElement[];
  /** The stanzas after the last `mark` or found stanza, without waiting. */
  pending(predicate?: Predicate): XmlElement[];
  /** From here on `expect` looks only at what comes later. */
  mark(): void;
}

interface Entry {
  readonly stanza: XmlElement;
  found: boolean;
}

interface Waiter {
  readonly offer: (entry: Entry, index: number) => boolean;
  readonly fail: (reason: string) => void;
}

const SHOWN = 30;

const always: Predicate = () => true;

/** An empty inbox of the client called `owner` in errors. */
export function createInbox(owner: string): Inbox {
  const entries: Entry[] = [];
  const waiters = new Set<Waiter>();
  let start = 0;
  let closed: string | undefined;

  const list = (from: number): string => {
    const came = entries.slice(from).map(({ stanza }) => serialise(stanza));
    const lines = came.slice(-SHOWN).map((text) => `\n  ${text}`);
    const left = came.length > SHOWN ? `, the last ${SHOWN} of them` : '';
    return came.length === 0 ? ' Nothing came.' : ` ${came.length} came${left}:${lines.join('')}`;
  };

  const claim = (entry: Entry, index: number): XmlElement => {
    entry.found = true;
    start = Math.max(start, index + 1);
    return entry.stanza;
  };

  const expect: Inbox['expect'] = async (predicate, options = {}) => {
    const { timeout = 10_000, description = 'a stanza' } = options;
    const from = start;
    for (const [offset, entry] of entries.slice(from).entries()) {
      if (!entry.found && predicate(entry.stanza)) return claim(entry, from + offset);
    }
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        waiters.delete(waiter);
      };
      const waiter: Waiter = {
        offer: (entry, index) => {
          try {
            if (!predicate(entry.stanza)) return false;
          } catch (error) {
            settle();
            reject(error);
            return false;
          }
          settle();
          resolve(claim(entry, index));
          return true;
        },
        fail: (reason) => {
          settle();
          reject(new Error(`${owner} waited for ${description}, but ${reason}.${list(from)}`));
        },
      };
      const timer = setTimeout(() => waiter.fail(`it did not come within ${timeout} ms`), timeout);
      waiters.add(waiter);
      if (closed !== undefined) waiter.fail(closed);
    });
  };

  return {
    push: (stanza) => {
      const entry: Entry = { stanza, found: false };
      const index = entries.push(entry) - 1;
      for (const waiter of [...waiters]) if (waiter.offer(entry, index)) break;
    },
    close: (reason) => {
      closed = reason;
      for (const waiter of [...waiters]) waiter.fail(reason);
    },
    expect,
    received: (predicate = always) => entries.map(({ stanza }) => stanza).filter(predicate),
    pending: (predicate = always) =>
      entries
        .slice(start)
        .filter(({ found }) => !found)
        .map(({ stanza }) => stanza)
        .filter(predicate),
    mark: () => {
      start = entries.length;
    },
  };
}
