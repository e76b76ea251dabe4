import { describe, expect, it } from 'vitest';
import { type EmitVector, runEmit } from './testing/run/emit.js';
import { runState, type StateVector } from './testing/run/state.js';
import { allVectors, VECTOR_KINDS, type VectorKind, vectorsOf } from './testing/vectors.js';

/** Which vectors are run here, by kind, and how. Those of other kinds have their runner where they belong. */
const RUNNERS: readonly (readonly [
  kind: VectorKind,
  run: () => readonly (readonly [string, () => void])[],
])[] = [
  ['state', () => vectorsOf<StateVector>('state').map((vector) => [vector.name, () => runState(vector)])],
  ['emit', () => vectorsOf<EmitVector>('emit').map((vector) => [vector.name, () => runEmit(vector)])],
];

describe.each(RUNNERS)('vectors of kind %s', (_, vectors) => {
  it.each(vectors())('%s', (_, run) => run());
});

describe('the vectors', () => {
  it('are 94, of three kinds, each with a name of its own', () => {
    const all = allVectors();
    expect(all).toHaveLength(94);
    expect(new Set(all.map(({ name }) => name)).size).toBe(94);
    const counts = VECTOR_KINDS.map((kind) => all.filter((vector) => vector.kind === kind).length);
    expect(counts).toEqual([69, 10, 15]);
  });
});
