/** Something that is done over and over, and how many of it one call does. */
export interface Work {
  readonly name: string;
  run(): unknown;
}

/** How long one measurement of one thing takes, at least, in milliseconds. */
const SLICE_MS = 100;

/** What came of the work, so that the compiler cannot leave it out. */
let seen: unknown;

/** How often a second `run` can be done. */
function rateOf({ run }: Work): number {
  const started = performance.now();
  let times = 0;
  let passed = 0;
  // The clock is looked at only now and then: it costs as much as the smaller things that are measured.
  for (let batch = 1; passed < SLICE_MS; batch = Math.min(batch * 2, 256)) {
    for (let done = 0; done < batch; done += 1) seen = run();
    times += batch;
    passed = performance.now() - started;
  }
  if (seen === undefined) throw new Error('nothing came of it');
  return (times / passed) * 1000;
}

/**
 * How often a second each can be done, in rounds in which all take turns: what slows the machine down for a
 * while slows all of them. One round before the first does not count.
 */
export function measureRates(all: readonly Work[], rounds: number): Map<string, number[]> {
  const rates = new Map<string, number[]>(all.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const work of all) {
      const rate = rateOf(work);
      if (round > 0) rates.get(work.name)?.push(rate);
    }
  }
  return rates;
}
