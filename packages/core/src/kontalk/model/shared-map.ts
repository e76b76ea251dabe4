import { hashOf } from './hash-of.js';

/**
 * A map of which another one can be made by copying a small part; the rest is shared by both. Immutable. For some
 * thousand keys, in an order that says nothing.
 */
export interface SharedMap<V> {
  readonly size: number;
  /** As many rows as a row has cells. Which cell a key belongs into is said by its hash. */
  readonly rows: readonly Row<V>[];
}

type Row<V> = readonly Cell<V>[];
type Cell<V> = readonly Entry<V>[];

interface Entry<V> {
  readonly key: string;
  readonly value: V;
}

/** A power of two. A change copies a row, and the list of rows. */
const WIDTH = 16;

const NO_CELL: readonly never[] = [];
const NO_ROW: readonly (readonly never[])[] = new Array<readonly never[]>(WIDTH).fill(NO_CELL);

/** A map without entries. */
export const NO_ENTRIES: SharedMap<never> = {
  size: 0,
  rows: new Array<readonly (readonly never[])[]>(WIDTH).fill(NO_ROW),
};

const rowOf = (hash: number): number => hash & (WIDTH - 1);
const columnOf = (hash: number): number => (hash >>> 4) & (WIDTH - 1);

const cellAt = <V>({ rows }: SharedMap<V>, hash: number): Cell<V> =>
  rows[rowOf(hash)]?.[columnOf(hash)] ?? NO_CELL;

function entryIn<V>(cell: Cell<V>, key: string): Entry<V> | undefined {
  for (const entry of cell) if (entry.key === key) return entry;
  return undefined;
}

/** The value of a key, `undefined` when there is none. */
export const valueIn = <V>(map: SharedMap<V>, key: string): V | undefined =>
  entryIn(cellAt(map, hashOf(key)), key)?.value;

/** All values. */
export const valuesIn = <V>({ rows }: SharedMap<V>): readonly V[] =>
  rows.flatMap((row) => row.flatMap((cell) => cell.map(({ value }) => value)));

/** The map with a value for a key; the same one when it has that value already. */
export function withValue<V>(map: SharedMap<V>, key: string, value: V): SharedMap<V> {
  const hash = hashOf(key);
  const cell = cellAt(map, hash);
  const known = entryIn(cell, key);
  if (known !== undefined && known.value === value) return map;
  const changed = cell.slice();
  changed[known === undefined ? cell.length : cell.indexOf(known)] = { key, value };
  return {
    size: known === undefined ? map.size + 1 : map.size,
    rows: withCell(map.rows, hash, changed),
  };
}

/** The map without a key; the same one when it does not have it. */
export function withoutKey<V>(map: SharedMap<V>, key: string): SharedMap<V> {
  const hash = hashOf(key);
  const cell = cellAt(map, hash);
  const known = entryIn(cell, key);
  if (known === undefined) return map;
  return {
    size: map.size - 1,
    rows: withCell(
      map.rows,
      hash,
      cell.filter((one) => one !== known),
    ),
  };
}

function withCell<V>(rows: readonly Row<V>[], hash: number, cell: Cell<V>): readonly Row<V>[] {
  const row = (rows[rowOf(hash)] ?? NO_ROW).slice();
  row[columnOf(hash)] = cell;
  const changed = rows.slice();
  changed[rowOf(hash)] = row;
  return changed;
}
