import { readFileSync } from 'node:fs';

/** A conformance vector (reference 8). What its fields are depends on its kind; the runner of the kind knows. */
export interface Vector {
  readonly name: string;
  readonly kind: VectorKind;
}

export const VECTOR_KINDS = ['state', 'emit', 'multicast'] as const;
export type VectorKind = (typeof VECTOR_KINDS)[number];

interface VectorFile<V> {
  readonly vectors: readonly V[];
}

const FILE = new URL('kontalk-vectors.json', import.meta.url);

/** All vectors. */
export const allVectors = (): readonly Vector[] => read<Vector>().vectors;

/** The vectors of one kind, as the runner of that kind reads them. */
export const vectorsOf = <V extends Vector>(kind: V['kind']): readonly V[] =>
  read<V>().vectors.filter((vector) => vector.kind === kind);

function read<V extends Vector>(): VectorFile<V> {
  return JSON.parse(readFileSync(FILE, 'utf8'));
}
