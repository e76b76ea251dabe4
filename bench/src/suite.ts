import type { Part } from './figures.js';
import { describeMachine } from './machine.js';
import type { Budget, Scenario } from './scenario.js';
import { processorTime } from './yardstick.js';

/** Runs scenarios one after another, and tells of each when it has ended; what one of them throws ends all. */
export async function runSuite(
  scenarios: readonly Scenario[],
  { profile, progress }: Pick<Budget, 'profile' | 'progress'>,
  ended: (part: Part) => void,
): Promise<void> {
  for (const { name, title, seconds, run } of scenarios) {
    progress(`${name}: ${title}`);
    const machine = await describeMachine();
    const before = processorTime();
    const started = performance.now();
    const found = await run({ seconds, profile, progress: (text) => progress(`${name}: ${text}`) });
    const taken = Math.round((performance.now() - started) / 1000);
    progress(`${name}: ${taken} of ${seconds} seconds`);
    const after = processorTime();
    const stolen = (after.stolen - before.stolen) / Math.max(1, after.all - before.all);
    ended({ name, title, machine, seconds: taken, stolen, ...found });
  }
}
