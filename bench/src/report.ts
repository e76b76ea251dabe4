import type { Machine } from './machine.js';
import type { Fault, Outcome } from './results.js';
import type { Spread } from './statistics.js';
import { TITLES } from './subjects.js';
import type { Ratio, Summary } from './summary.js';
import { textTable } from './table.js';

/** Everything that a run has found. */
export interface Report extends Outcome {
  readonly machine: Machine;
  /** The options of the run. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly seconds: number;
  readonly summaries: readonly Summary[];
  readonly ratios: readonly Ratio[];
}

const number = (value: number, digits: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

const range = ({ min, max }: Spread, digits: number): string =>
  `${number(min, digits)}-${number(max, digits)}`;

const HEAD = [
  '',
  'bytes',
  'copies/s',
  'min-max',
  'p50 ms',
  'p99 ms',
  'server us',
  'min-max',
  'component us',
  'min-max',
  'driver us',
];

const rowOf = (row: Summary): string[] => [
  TITLES[row.subject],
  String(row.bytes),
  number(row.deliveriesPerSecond.median, 0),
  range(row.deliveriesPerSecond, 0),
  number(row.p50, 1),
  number(row.p99, 1),
  number(row.serverCpu.median, 0),
  range(row.serverCpu, 0),
  row.componentCpu === undefined ? '' : number(row.componentCpu.median, 2),
  row.componentCpu === undefined ? '' : range(row.componentCpu, 2),
  number(row.driverCpu.median, 1),
];

const RATIO_HEAD = ['compared by', 'copies/s', 'min-max', 'copies per CPU time', 'min-max'];

const ratioRow = ({ subject, to, rate, efficiency }: Ratio): string[] => [
  `${TITLES[subject]} / ${TITLES[to]}`,
  number(rate.median, 2),
  range(rate, 2),
  number(efficiency.median, 2),
  range(efficiency, 2),
];

const faultLine = ({ subject, members, what }: Fault): string =>
  `FAULT  ${TITLES[subject]}, ${members} members: ${what}`;

const ARCHIVES: Readonly<Record<string, string>> = {
  sqlite: 'mod_mam archives in SQLite (WAL)',
  mnesia: "mod_mam archives in mnesia (SQLite's driver for ejabberd, erlang-p1-sqlite3, is not installed)",
  none: 'mod_mam is off',
};

/** Such as `ejabberd 23.01-1`, out of what the server says of its state. */
const serverOf = ({ serverVersion }: Outcome): string =>
  /ejabberd \S+(?= is running)/.exec(serverVersion)?.[0] ?? serverVersion;

/** The report as aligned text. */
export function textOf(report: Report): string {
  const { machine, settings } = report;
  const lines = [
    `xmpp-groups ${machine.version} (${machine.commit}), Node ${machine.node}, ${serverOf(report)}`,
    `${machine.cores} x ${machine.cpu}, ${machine.memoryGiB} GiB, Linux ${machine.kernel}, load before ${machine.load}, ${machine.date}`,
    `${ARCHIVES[report.archive]}; ${settings.rounds} rounds; ${report.seconds} s`,
    'Copies per second at saturation; milliseconds from sending to the last copy, one message at a time;',
    'microseconds of processor time per copy. Medians over the rounds. The driver (all clients) shares the machine.',
  ];
  for (const members of new Set(report.summaries.map((row) => row.members))) {
    const summaries = report.summaries.filter((row) => row.members === members);
    const ratios = report.ratios.filter((row) => row.members === members);
    const measured = summaries[0]?.messagesPerRound;
    lines.push(
      '',
      `${members} members, ${measured} messages per round`,
      '',
      textTable([HEAD, ...summaries.map(rowOf)]),
    );
    if (ratios.length > 0) {
      lines.push('', textTable([RATIO_HEAD, ...ratios.map(ratioRow)]));
    }
  }
  if (report.faults.length > 0) lines.push('', ...report.faults.map(faultLine));
  else lines.push('', 'Every copy came, once; every message is in its archive.');
  return `${lines.join('\n')}\n`;
}

/** The servers' side of the comparison, so that anybody can see whether it was treated well. */
export function configurationText({ configuration }: Outcome): string {
  return `ejabberd.yml:\n\n${configuration.trimEnd().replaceAll(/^/gm, '  ')}\n`;
}
