/**
 * What a function returns that reads data from the network: the value, or why there is none.
 * Nothing in this package throws because of what a peer sent.
 */
export type Result<T, E = Failure> = Ok<T> | Err<E>;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

/** Where in the input the reading stopped, and why. `path` reads like `message/x/reference@begin`. */
export interface Failure {
  readonly path: string;
  readonly reason: string;
}

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
export const err = <E>(error: E): Err<E> => ({ ok: false, error });

/** The failure that `reason` describes, at `path`. */
export const failure = (path: string, reason: string): Err<Failure> => err({ path, reason });
