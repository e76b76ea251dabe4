import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { describeMachine } from './machine.js';
import { measureScale, scaleText } from './scale.js';

const RESULTS = fileURLToPath(new URL('../results/scale.json', import.meta.url));

/** Most groups are small, a few are not: nearly a million members. */
const SCALE = {
  domain: 'groups.example.com',
  groups: 100_000,
  large: 100,
  membersOfLarge: 1_000,
  membersOfOthers: 9,
  users: 100_000,
};

async function scale({ keep, database }: { keep: boolean; database?: string }): Promise<void> {
  const machine = describeMachine();
  const outcome = await measureScale({
    scale: SCALE,
    database,
    starts: 3,
    small: 500,
    large: 50,
    loaded: 10_000,
    progress: (text) => console.error(text),
  });
  process.stdout.write(`\n${scaleText(outcome)}`);
  if (!keep) return;
  mkdirSync(dirname(RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify({ machine, ...outcome }, null, 2)}\n`);
}

/** `bench scale`: a daemon with 100,000 groups in one file, without a server. */
export const scaleCommand = new Command('scale')
  .description('a daemon with 100,000 groups and a million members: start, first messages, memory')
  .option('--database <file>', 'a file that an earlier run has written; a new one takes about two minutes')
  .option('--no-keep', 'leave bench/results as it is')
  .action(scale);
