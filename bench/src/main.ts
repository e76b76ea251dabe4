import { Command, Option } from 'commander';
import { textOf } from './console.js';
import { filesThatDoNotFit, savedParts, saveParts, writePage } from './files.js';
import type { Scenario } from './scenario.js';
import { SCENARIOS } from './scenarios.js';
import { runSuite } from './suite.js';

interface Flags {
  readonly profile?: string;
  readonly keep: boolean;
}

const progress = (text: string): void => console.error(text);

/** Runs parts, prints what they found, and puts it into the results and onto the page. */
async function measure(scenarios: readonly Scenario[], { profile, keep }: Flags): Promise<void> {
  const order = SCENARIOS.map(({ name }) => name);
  let faults = 0;
  await runSuite(scenarios, { profile, progress }, (part) => {
    process.stdout.write(`\n${textOf(part)}`);
    faults += part.faults.length;
    // Each at once: what was measured before something fails is kept.
    if (keep) saveParts([part], order);
  });
  if (keep) writePage();
  process.exitCode = faults > 0 ? 1 : 0;
}

function checkPage(): void {
  const wrong = filesThatDoNotFit();
  if (wrong.length === 0) return;
  console.error(
    `These files of docs do not fit bench/results/latest.json and bench/text: ${wrong.join(', ')}.\n` +
      'Write them by `npm run bench -- page`.',
  );
  process.exitCode = 1;
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  // An exit in order ends servers and removes folders.
  process.once(signal, () => process.exit(code));
}

const measuring = (command: Command, scenarios: readonly Scenario[]): Command =>
  command
    .addOption(new Option('--profile <folder>', 'the daemons write CPU profiles there (node --cpu-prof)'))
    .option('--no-keep', 'leave bench/results and docs as they are')
    .action((flags: Flags) => measure(scenarios, flags));

const program = new Command('bench').description(
  "Measures groups side by side with the servers' own group chat, and writes bench/results and docs/performance.md.",
);
measuring(program.command('all', { isDefault: true }), SCENARIOS).description(
  'all of these, one after another',
);
for (const scenario of SCENARIOS) {
  measuring(program.command(scenario.name), [scenario]).description(scenario.compares);
}
program
  .command('page')
  .description('write docs/performance.md and its plots once more, out of bench/results/latest.json')
  .option('--check', 'only tell whether they fit')
  .action(({ check }: { check?: true }) => (check === true ? checkPage() : writePage()));
program
  .command('show')
  .description('print the results')
  .action(() => {
    for (const part of savedParts()) process.stdout.write(`${textOf(part)}\n`);
  });
await program.parseAsync();
