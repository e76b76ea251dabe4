import { type Attempt, GroupsError } from './errors.js';
import type { Platform } from './platform.js';

/** A promise that somebody waits for. Settled once; what comes later has no effect. */
export interface Waiting<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: GroupsError): void;
}

/** All that is waited for: each settles at its time at the latest. */
export interface WaitingRoom {
  /**
   * @param onEnd called when it is settled, in whatever way
   * @param ms milliseconds until it is rejected with `timeout`; without it those of the room
   */
  enter<T>(attempt: Attempt, onEnd: () => void, ms?: number): Waiting<T>;
  /** Rejects everything with `closed`, now and from now on. */
  close(): void;
}

/** @param ms how long is waited if nothing else is said, in milliseconds */
export function createWaitingRoom(platform: Pick<Platform, 'after'>, ms: number): WaitingRoom {
  const open = new Set<() => void>();
  let closed = false;
  return {
    enter: <T>(attempt: Attempt, onEnd: () => void, own = ms): Waiting<T> => {
      let fulfil: (value: T) => void = () => undefined;
      let fail: (error: GroupsError) => void = () => undefined;
      const promise = new Promise<T>((resolve, reject) => {
        fulfil = resolve;
        fail = reject;
      });
      const end = (): void => {
        cancel();
        if (open.delete(close)) onEnd();
      };
      const reject = (error: GroupsError): void => {
        end();
        fail(error);
      };
      const close = (): void => reject(new GroupsError(attempt, 'closed', undefined));
      const cancel = platform.after(own, () =>
        reject(new GroupsError(attempt, 'timeout', `no answer within ${own} ms`)),
      );
      open.add(close);
      if (closed) close();
      return {
        promise,
        resolve: (value) => {
          end();
          fulfil(value);
        },
        reject,
      };
    },
    close: () => {
      closed = true;
      for (const end of [...open]) end();
    },
  };
}
