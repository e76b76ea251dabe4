import { type BareJid, parseBareJid } from '../../jid/index.js';
import { failure, ok, type Result } from '../../result.js';

/** Reads a value out of JSON; fails with the path and the reason when it is another one. */
export type Reader<T> = (value: unknown, path: string) => Result<T>;

type Readers = Readonly<Record<string, Reader<unknown>>>;
type Read<R extends Readers> = { readonly [K in keyof R]: R[K] extends Reader<infer T> ? T : never };

/** A text. */
export const text: Reader<string> = (value, path) =>
  typeof value === 'string' ? ok(value) : failure(path, 'no text');

/** A number. */
export const number: Reader<number> = (value, path) =>
  typeof value === 'number' ? ok(value) : failure(path, 'no number');

/** `true` or `false`. */
export const flag: Reader<boolean> = (value, path) =>
  typeof value === 'boolean' ? ok(value) : failure(path, 'neither true nor false');

/** A bare JID, prepared anew. */
export const bareJid: Reader<BareJid> = (value, path) => {
  const read = typeof value === 'string' ? parseBareJid(value) : undefined;
  return read?.ok === true ? read : failure(path, 'no bare JID');
};

/** One of these words. */
export const word =
  <const W extends string>(...words: readonly W[]): Reader<W> =>
  (value, path) => {
    const found = words.find((candidate) => candidate === value);
    return found === undefined ? failure(path, `not one of ${words.join(', ')}`) : ok(found);
  };

/** JSON leaves out what is `undefined`. */
export const optional =
  <T>(one: Reader<T>): Reader<T | undefined> =>
  (value, path) =>
    value === undefined ? ok(undefined) : one(value, path);

/** What the reader reads, or `null`. */
export const nullable =
  <T>(one: Reader<T>): Reader<T | null> =>
  (value, path) =>
    value === null ? ok(null) : one(value, path);

/** A list; each entry is read by the reader. */
export const listOf =
  <T>(one: Reader<T>): Reader<readonly T[]> =>
  (value, path) => {
    if (!Array.isArray(value)) return failure(path, 'no list');
    const values: T[] = [];
    for (const [index, entry] of value.entries()) {
      const read = one(entry, `${path}/${index}`);
      if (!read.ok) return read;
      values.push(read.value);
    }
    return ok(values);
  };

/** A map, saved as a list of pairs. */
export const mapOf =
  <K, V>(key: Reader<K>, one: Reader<V>): Reader<ReadonlyMap<K, V>> =>
  (value, path) => {
    const pairs = listOf(shape({ 0: key, 1: one }))(value, path);
    return pairs.ok ? ok(new Map(pairs.value.map((pair) => [pair[0], pair[1]]))) : pairs;
  };

/** An object, or a list of fixed length, each of whose parts has a reader. */
export const shape =
  <R extends Readers>(readers: R): Reader<Read<R>> =>
  (value, path) => {
    if (typeof value !== 'object' || value === null) return failure(path, 'no object');
    const parts: Record<string, unknown> = {};
    for (const [key, reader] of Object.entries(readers)) {
      const read = reader(Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined, `${path}/${key}`);
      if (!read.ok) return read;
      parts[key] = read.value;
    }
    const isWhole = (all: Readonly<Record<string, unknown>>): all is Read<R> =>
      Object.keys(readers).every((key) => key in all);
    return isWhole(parts) ? ok(parts) : failure(path, 'incomplete');
  };
