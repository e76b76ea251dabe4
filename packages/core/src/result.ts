/**
 * What everything that reads returns.
 * @module @xmpp-groups/core/result
 */

/**
 * What a function returns that reads data from the network: the value, or why there is none.
 * Nothing in this package throws because of what a peer sent.
 */
export type Result<T, E = Failure> = Ok<T> | Err<E>;

/** It went well. */
export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

/** It did not; `error` says why. */
export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

/** Where in the input the reading stopped, and why. `path` reads like `message/x/reference@begin`. */
export interface Failure {
  readonly path: string;
  readonly reason: string;
}

/** The result that is `value`. */
export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

/** The result that there is none, because of `error`. */
export const err = <E>(error: E): Err<E> => ({ ok: false, error });

/** The failure that `reason` describes, at `path`. */
export const failure = (path: string, reason: string): Err<Failure> => err({ path, reason });
