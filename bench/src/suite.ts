import { describeMachine } from './machine.js';
import type { Part } from './figures.js';
import type { Budget, Scenario } from './scenario.js';

/** Runs scenarios one after another; what one of them throws ends all. */
export async function runSuite(
  scenarios: readonly Scenario[],
  { profile, progress }: Pick<Budget, 'profile' | 'progress'>,
): Promise<Part[]> {
  const parts: Part[] = [];
  for (const { name, title, seconds, run } of scenarios) {
    progress(`${name}: ${title}`);
    const machine = describeMachine();
    const started = performance.now();
    const found = await run({ seconds, profile, progress: (text) => progress(`${name}: ${text}`) });
    const taken = Math.round((performance.now() - started) / 1000);
    progress(`${name}: ${taken} of ${seconds} seconds`);
    parts.push({ name, title, machine, seconds: taken, ...found });
  }
  return parts;
}
