import type { Cell, Goal, Machine, Part, Results, Table } from './figures.js';
import { svgOf } from './svg.js';

/** The sentences that people wrote: by the name of their part, and those for the head of the page. */
export type Sentences = (name: string) => string;

/** A file of the documentation: its path inside `docs`, and its text. */
export interface DocsFile {
  readonly path: string;
  readonly text: string;
}

const PLOTS = 'plots';

const number = (value: number, digits: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A cell as people read it. */
export function shown(cell: Cell, digits: number): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return number(cell, digits);
  const { median, min, max } = cell;
  return `${number(median, digits)} (${number(min, digits)}-${number(max, digits)})`;
}

const row = (cells: readonly string[]): string =>
  `| ${cells.map((one) => one.replaceAll('|', '\\|')).join(' | ')} |`;

function markdownTable({ title, columns, rows }: Table): string {
  return [
    ...(title === '' ? [] : [`**${title}**`, '']),
    row(columns.map((column) => column.title)),
    `|${columns.map((_, at) => (at === 0 ? '---' : '---:')).join('|')}|`,
    ...rows.map((cells) => row(cells.map((one, at) => shown(one, columns[at]?.digits ?? 0)))),
  ].join('\n');
}

const machineLine = ({ cores, cpu, memoryGiB, kernel, node, version, commit }: Machine): string =>
  `xmpp-groups ${version} (${commit}), Node ${node}, ${cores} x ${cpu}, ${memoryGiB} GiB, Linux ${kernel}`;

function goalTable(goals: readonly Goal[]): string {
  return markdownTable({
    title: '',
    columns: [
      { title: 'what', digits: 0 },
      { title: 'wanted', digits: 0 },
      { title: 'found', digits: 0 },
      { title: '', digits: 0 },
    ],
    rows: goals.map(({ what, wanted, found, digits, met }) => [
      what,
      wanted,
      number(found, digits),
      met ? 'yes' : '**no**',
    ]),
  });
}

function partText(part: Part, sentences: Sentences): string {
  const { name, title, machine, seconds, stolen, versions, tables, charts, faults } = part;
  const { loop, sync } = machine.yardstick;
  const milliseconds = ({ p50, p99 }: { p50: number; p99: number }): string =>
    `${number(p50, 1)} / ${number(p99, 1)}`;
  const when = `${machine.date.slice(0, 16).replace('T', ' ')} UTC`;
  return [
    `## ${title}`,
    sentences(name).trim(),
    `*\`npm run bench -- ${name}\`: ${seconds} s on ${when}, load before ${machine.load}, ${[machineLine(machine), ...versions].join(', ')}. ` +
      `The machine by itself, p50 / p99 in milliseconds: the same loop ${milliseconds(loop)}, syncing 40 KiB ${milliseconds(sync)}; ` +
      `${number(stolen * 100, 1)}% of the processor time went to others on its host.*`,
    ...tables.map(markdownTable),
    ...charts.map((chart) => `![${chart.title}](${PLOTS}/${chart.name}.svg)`),
    faults.length === 0
      ? 'Nothing was lost, repeated or left unanswered.'
      : faults.map((fault) => `* **FAULT**: ${fault}`).join('\n'),
  ].join('\n\n');
}

function configurationsText(parts: readonly Part[]): string {
  const all = new Map<string, string>();
  for (const { configurations } of parts) for (const { name, text } of configurations) all.set(name, text);
  return [...all]
    .map(
      ([name, text]) =>
        `<details><summary>${name}</summary>\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\`\n\n</details>`,
    )
    .join('\n\n');
}

/** The page about performance, and its plots: everything in it is out of the results and the sentences. */
export function pageOf({ parts }: Results, sentences: Sentences): DocsFile[] {
  const runs = new Set(parts.map(({ machine }) => `${machine.commit} ${machine.cpu}`));
  const seconds = parts.reduce((sum, part) => sum + part.seconds, 0);
  const together =
    runs.size === 1
      ? `All of it took ${seconds} seconds.`
      : 'These parts were measured in different runs; each says in which.';
  const page = [
    sentences('head').trim(),
    '## What was to be reached',
    together,
    ...parts
      .filter(({ goals }) => goals.length > 0)
      .map(({ title, goals }) => `**${title}**\n\n${goalTable(goals)}`),
    '## What is in the way of the rest',
    sentences('limits').trim(),
    ...parts.map((part) => partText(part, sentences)),
    '## How the servers were configured',
    sentences('configurations').trim(),
    configurationsText(parts),
  ];
  return [
    { path: 'performance.md', text: `${page.join('\n\n').trimEnd()}\n` },
    ...parts.flatMap(({ charts }) =>
      charts.map((chart) => ({ path: `${PLOTS}/${chart.name}.svg`, text: svgOf(chart) })),
    ),
  ];
}
