/** Most lists of most groups are empty, and there may be many groups in memory: these lists are all this one. */
const NONE: ReadonlyMap<never, never> = new Map<never, never>();

/** A list without entries. */
export const none = <K, V>(): ReadonlyMap<K, V> => NONE;

/** The list of these entries. */
export function listOf<K, V>(entries: Iterable<readonly [K, V]>): ReadonlyMap<K, V> {
  const list = new Map(entries);
  return list.size === 0 ? NONE : list;
}

/**
 * The list with this entry, in place of the given one: groups have up to tens of thousands of members, so that it is the
 * same object, changed, where that is nobody else's.
 */
export function withEntry<K, V>(list: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  const own: Map<K, V> = list !== NONE && list instanceof Map ? list : new Map(list);
  return own.set(key, value);
}

/** The list without the entry of this key, in place of the given one, which may have changed. */
export function withoutEntry<K, V>(list: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (list !== NONE && list instanceof Map) list.delete(key);
  return list.size === 0 ? NONE : list;
}
