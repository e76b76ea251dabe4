import type { FullJid } from '@xmpp-groups/core/jid';
import type { XmlElement } from '@xmpp-groups/core/xml';
import type { Connection, ConnectionEvent } from './connection.js';
import { type Attempt, GroupsError } from './errors.js';
import type { Platform } from './platform.js';
import { createRequests, type Requests } from './requests.js';
import { createWaitingRoom } from './waiting.js';

/** A connection with what all schemes need on it. */
export interface Wire extends Requests {
  readonly platform: Platform;
  own(): FullJid | undefined;
  /** Sends a stanza as soon as the connection is there. Rejects when that takes too long. */
  send(attempt: Attempt, element: XmlElement): Promise<void>;
  /** The first thing that `read` finds in what comes from now on. */
  next<T>(attempt: Attempt, read: (element: XmlElement) => T | undefined): Promise<T>;
  /** What happens on the connection, until the wire is closed. Returns the function that ends it earlier. */
  subscribe(listener: (event: ConnectionEvent) => void): () => void;
  /** Ends all waiting; the connection stays. */
  close(): void;
}

/** @param timeout how long an answer may take, in milliseconds */
export function createWire(connection: Connection, platform: Platform, timeout: number): Wire {
  const room = createWaitingRoom(platform, timeout);
  const ends = new Set<() => void>();
  const subscribe = (listener: (event: ConnectionEvent) => void): (() => void) => {
    const end = connection.subscribe(listener);
    ends.add(end);
    return () => {
      ends.delete(end);
      end();
    };
  };
  const counted: Connection = { send: connection.send, own: connection.own, subscribe };

  const online = (attempt: Attempt): Promise<void> => {
    if (connection.own() !== undefined) return Promise.resolve();
    const end = connection.subscribe(({ kind }) => {
      if (kind === 'online') waiting.resolve();
    });
    const waiting = room.enter<void>(attempt, end);
    return waiting.promise;
  };

  return {
    ...createRequests(counted, room, platform.newId),
    platform,
    own: connection.own,
    send: async (attempt, element) => {
      // Without a wait in between, so that stanzas leave in the order in which they were given.
      if (connection.own() === undefined) await online(attempt);
      try {
        await connection.send(element);
      } catch (error) {
        throw new GroupsError(attempt, 'offline', error instanceof Error ? error.message : String(error));
      }
    },
    next: <T>(attempt: Attempt, read: (element: XmlElement) => T | undefined) => {
      const end = connection.subscribe((event) => {
        const found = event.kind === 'element' ? read(event.element) : undefined;
        if (found !== undefined) waiting.resolve(found);
      });
      const waiting = room.enter<T>(attempt, end);
      return waiting.promise;
    },
    subscribe,
    close: () => {
      room.close();
      for (const end of ends) end();
    },
  };
}
