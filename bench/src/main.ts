import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import { measureFanout } from './fanout.js';
import { describeMachine } from './machine.js';
import { configurationText, type Report, textOf } from './report.js';
import { scaleCommand } from './scale-command.js';
import { SUBJECTS, type Subject } from './subjects.js';
import { ratiosOf, summarise } from './summary.js';

interface Flags {
  readonly members: number[];
  readonly only: Subject[];
  readonly rounds: number;
  readonly deliveries: number;
  readonly window: number;
  readonly slow: number;
  readonly mam: 'on' | 'off';
  readonly profile?: string;
  readonly json?: true;
}

const RESULTS = fileURLToPath(new URL('../results/latest.json', import.meta.url));
const MOST_MEMBERS = 5000;

const whole =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < least || number > most) {
      throw new InvalidArgumentError(`Give a whole number of at least ${least}, at most ${most}.`);
    }
    return number;
  };

const memberCounts = (text: string): number[] => [...new Set(text.split(',').map(whole(2, MOST_MEMBERS)))];

const isSubject = (text: string): text is Subject => SUBJECTS.some((subject) => subject === text);

function subjectList(text: string): Subject[] {
  const named = text.split(',');
  const known = named.filter(isSubject);
  if (known.length < named.length) {
    throw new InvalidArgumentError(`Give some of ${SUBJECTS.join(', ')}, with commas.`);
  }
  return SUBJECTS.filter((subject) => known.includes(subject));
}

const progress = (text: string): void => console.error(text);

async function fanout(flags: Flags): Promise<void> {
  const started = performance.now();
  const machine = describeMachine();
  const mam = flags.mam === 'on';
  // Without mod_mam no room is archived.
  const subjects = flags.only.filter((subject) => mam || subject !== 'muc-archived');
  const { rounds, deliveries, window, slow, members, profile } = flags;
  const settings = { members, subjects, rounds, deliveries, window, slow, mam };
  const outcome = await measureFanout({ ...settings, profile, progress });
  const report: Report = {
    ...outcome,
    machine,
    settings,
    seconds: Math.round((performance.now() - started) / 1000),
    summaries: members.flatMap((count) => summarise(outcome.measurements, subjects, count)),
    ratios: members.flatMap((count) => ratiosOf(outcome.measurements, count)),
  };
  const json = `${JSON.stringify(report, null, 2)}\n`;
  mkdirSync(dirname(RESULTS), { recursive: true });
  writeFileSync(RESULTS, json);
  process.stdout.write(flags.json === true ? json : `\n${textOf(report)}\n${configurationText(report)}`);
  process.exitCode = report.faults.length === 0 ? 0 : 1;
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  // An exit in order ends servers and removes folders.
  process.once(signal, () => process.exit(code));
}

const program = new Command('bench').description(
  "Measures groups side by side with ejabberd's own group chat, each on the same private server.",
);
program
  .command('fanout')
  .description('one message to many members: rates, latencies, processor time')
  .option('--members <numbers>', 'sizes of the groups and rooms, with commas', memberCounts, [50, 300])
  .option('--rounds <number>', 'how often everything is measured, in turns', whole(1), 3)
  .option('--deliveries <number>', 'copies that are measured in each round', whole(1), 20_000)
  .option('--window <number>', 'copies that may be under way', whole(1), 6_000)
  .option('--slow <number>', 'messages one at a time in each round, for the latency', whole(1), 25)
  .option('--only <subjects>', `some of ${SUBJECTS.join(', ')}`, subjectList, [...SUBJECTS])
  .addOption(
    new Option('--mam <state>', 'whether the server archives for rooms and users (mod_mam)')
      .choices(['on', 'off'])
      .default('on'),
  )
  .option('--profile <folder>', 'the daemons write CPU profiles there (node --cpu-prof)')
  .option('--json', 'the whole result as JSON instead of the text')
  .action((flags: Flags) => fanout(flags));
program.addCommand(scaleCommand);
await program.parseAsync();
