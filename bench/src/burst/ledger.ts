import type { Heard } from '../stanza-reader.js';

/** What became of numbered messages to one group. */
export interface Ledger {
  hear(stanza: Heard): void;
  /** Resolves when each of the messages up to `last` has brought an echo or an error, or nothing comes for a while. */
  settled(last: number): Promise<void>;
  echoed(): number;
  /** How many were refused, by condition. */
  refused(): ReadonlyMap<string, number>;
  /** What is wrong: messages without an answer, with two, or with copies that did not come or came when refused. */
  faults(last: number): string[];
}

const STALL_MS = 20_000;

/**
 * @param first the number of the first message
 * @param readers how many others are in the group: each gets a copy of what is echoed
 */
export function ledgerOf(first: number, readers: number): Ledger {
  const echoes = new Map<number, number>();
  const errors = new Map<number, string>();
  const copies = new Map<number, number>();
  let heard = 0;
  let look: () => void = () => undefined;
  const add = (counts: Map<number, number>, number: number) =>
    counts.set(number, (counts.get(number) ?? 0) + 1);

  return {
    hear: ({ kind, number, condition }) => {
      if (number === undefined || number < first) return;
      heard += 1;
      if (kind === 'echo') add(echoes, number);
      else if (kind === 'copy') add(copies, number);
      else if (kind === 'error') errors.set(number, condition ?? 'an error without a condition');
      if (kind !== 'copy') look();
    },
    settled: (last) =>
      new Promise((resolve) => {
        const wanted = last - first + 1;
        let before = -1;
        const finish = (): void => {
          clearInterval(watch);
          resolve();
        };
        const watch = setInterval(() => {
          if (heard === before) finish();
          before = heard;
        }, STALL_MS);
        look = () => {
          if (echoes.size + errors.size >= wanted) finish();
        };
        look();
      }),
    echoed: () => echoes.size,
    refused: () => {
      const conditions = new Map<string, number>();
      for (const condition of errors.values()) {
        conditions.set(condition, (conditions.get(condition) ?? 0) + 1);
      }
      return conditions;
    },
    faults: (last) => {
      let silent = 0;
      let twice = 0;
      let incomplete = 0;
      for (let number = first; number <= last; number += 1) {
        const answers = (echoes.get(number) ?? 0) + (errors.has(number) ? 1 : 0);
        if (answers === 0) silent += 1;
        if (answers > 1) twice += 1;
        if ((copies.get(number) ?? 0) !== (echoes.has(number) ? readers : 0)) incomplete += 1;
      }
      return [
        ...(silent === 0 ? [] : [`${silent} messages brought neither an echo nor an error`]),
        ...(twice === 0 ? [] : [`${twice} messages brought two answers`]),
        ...(incomplete === 0
          ? []
          : [`${incomplete} messages reached not all, or were refused and reached some`]),
      ];
    },
  };
}
