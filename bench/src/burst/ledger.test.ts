import { describe, expect, it } from 'vitest';
import type { Heard } from '../stanza-reader.js';
import { ledgerOf } from './ledger.js';

const about = (kind: Heard['kind'], number: number, condition?: string): Heard => ({
  kind,
  number,
  condition,
  to: 'a@b',
});

const faultsOf = (...heard: readonly Heard[]): string[] => {
  const ledger = ledgerOf(1, 1);
  for (const one of heard) ledger.hear(one);
  return ledger.faults(1);
};

describe('ledgerOf', () => {
  it.each<[string, readonly Heard[], readonly (string | RegExp)[]]>([
    ['a message with its echo and its copy', [about('copy', 1), about('echo', 1)], []],
    ['a refused message', [about('error', 1, 'resource-constraint')], []],
    ['a message that nobody heard of', [], [/neither an echo nor an error/]],
    ['an echo twice', [about('copy', 1), about('echo', 1), about('echo', 1)], [/two answers/]],
    ['an echo without its copy', [about('echo', 1)], [/reached not all/]],
    ['a copy of a refused message', [about('copy', 1), about('error', 1)], [/refused and reached some/]],
    ['a message of somebody else before', [about('echo', 0), about('error', 1)], []],
  ])('%s', (_title, heard, faults) => {
    expect(faultsOf(...heard)).toEqual(faults.map((fault) => expect.stringMatching(fault)));
  });

  it('counts refusals by their conditions', async () => {
    const ledger = ledgerOf(1, 0);
    for (const number of [1, 2]) ledger.hear(about('error', number, 'resource-constraint'));
    ledger.hear(about('echo', 3));
    await ledger.settled(3);
    expect([...ledger.refused()]).toEqual([['resource-constraint', 2]]);
    expect(ledger.echoed()).toBe(1);
  });
});
