import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { outsideOfItsWorld, provenBy } from './named-in-tests.mjs';
import { errors, features, traps } from './protocol.mjs';
import { root } from './run.mjs';

const SCENARIOS = 'test/e2e/scenarios';
/** So many tests of a file are named for one row; of a longer table its first. */
const NAMED = 3;

const HEAD = `# What of the protocol is tested

Written by \`npm run protocol\` from the names of the tests. A test says in its name what it proves: \`row 23\` is a
feature of the first table, \`error row 44\` a refusal of the second, \`T5\` a trap of the third.

\`npm test\` compares this page with its own run, and fails when a test that stands here did not run or did not pass,
when the page is not what the names of the tests say, and when something has no test at all. Scenarios run with real
clients against ejabberd by multicast, ejabberd one by one, ejabberd by the module inside it, and Prosody.

Which request each role may make is in the [table of who may what](../packages/core/src/xabber/matrix.txt).
`;

const PARTS = [
  {
    rows: features,
    list: 'features',
    title: '## Features',
    label: 'No.',
    end: true,
    mark: (number) => number,
  },
  { rows: errors, list: 'errors', title: '## Errors', label: 'No.', end: false, mark: (number) => number },
  {
    rows: traps,
    list: 'traps',
    title: '## Traps',
    label: 'Trap',
    end: false,
    mark: (number) => `T${number}`,
  },
];

/** The tests that name a row; those of a scenario together, with the worlds that it runs in. */
function testsByRow(tests, list, endToEndOnly) {
  const found = new Map();
  for (const test of tests) {
    const file = relative(root, test.file);
    if (endToEndOnly && !file.startsWith('test/e2e/')) continue;
    const { world, name } = outsideOfItsWorld(test.name);
    for (const number of new Set(provenBy(test.name)[list])) {
      const row = found.get(number) ?? new Map();
      const shown = row.get(name) ?? { name, file, worlds: new Set(), passed: true };
      if (world !== undefined) shown.worlds.add(world);
      shown.passed &&= test.passed !== false;
      found.set(number, row.set(name, shown));
    }
  }
  return found;
}

const sources = () =>
  readdirSync(join(root, SCENARIOS)).map((name) => {
    const path = `${SCENARIOS}/${name}`;
    return { path, text: readFileSync(join(root, path), 'utf8') };
  });

/** Where a scenario is written, for its title stands in the file of its family. */
const fileOf = ({ name, file, worlds }, scenarios) =>
  (worlds.size > 0 && scenarios.find(({ text }) => text.includes(name.split(' > ').at(-1)))?.path) || file;

/** A scenario goes by its own title, without the rows that it names: they are where it stands. */
const titleOf = ({ name, worlds }) =>
  worlds.size === 0 ? name : (name.split(' > ').at(-1) ?? name).replace(/^rows? [\d ,a-z]*: /, '');

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll(/\s+/g, ' ');

/** The tests of a row, file by file. */
function told(tests, scenarios) {
  const files = new Map();
  for (const test of tests) {
    const file = fileOf(test, scenarios);
    files.set(file, [...(files.get(file) ?? []), titleOf(test)]);
  }
  const inOrder = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  return inOrder
    .map(([file, names]) => {
      const shown = [...names].sort();
      const kept = shown.length > NAMED ? shown.slice(0, 1) : shown;
      const more = shown.length - kept.length;
      const short = file.replace(/^.*\/(?=[^/]+\/[^/]+$)/, '');
      return `[${short}](../${file}): ${kept.map(cell).join('; ')}${more > 0 ? ` (and ${more} more)` : ''}`;
    })
    .join('<br>');
}

/** Where the tests of a row pass. */
function result(tests) {
  const worlds = new Set(tests.flatMap((test) => [...test.worlds]));
  const where = [
    ['ejabberd by multicast', 'ejabberd one by one', 'ejabberd by shim'].every((world) => worlds.has(world))
      ? 'ejabberd, all three ways'
      : [...worlds].find((world) => world.startsWith('ejabberd')),
    worlds.has('Prosody') ? 'Prosody' : undefined,
  ].filter((word) => word !== undefined);
  return where.length === 0 ? 'passes' : `passes: ${where.join('; ')}`;
}

function line(row, tests, mark, scenarios) {
  if (row.elsewhere !== undefined) return [mark, row.text, 'not here', `${row.elsewhere}.`];
  if (tests.length === 0) return [mark, row.text, '**missing**', ''];
  return [mark, row.text, result(tests), told(tests, scenarios)];
}

/**
 * The page docs/protocol-coverage.md, and what is wrong with what it says.
 *
 * @param {{ file: string, name: string, passed?: boolean }[]} tests all tests that there are
 * @returns {{ page: string, missing: string[], failed: string[] }} rows without a test, and tests of rows that
 *   did not pass
 */
export function protocolPage(tests) {
  const scenarios = sources();
  const missing = [];
  const failed = new Set();
  const parts = PARTS.map(({ rows, list, title, label, end, mark }) => {
    const found = testsByRow(tests, list, end);
    const lines = rows.map((row) => {
      const named = [...(found.get(row.number)?.values() ?? [])];
      if (named.length === 0 && row.elsewhere === undefined) missing.push(`${list} ${mark(row.number)}`);
      for (const { name, passed } of named) if (!passed) failed.add(name);
      return `| ${line(row, named, mark(row.number), scenarios).join(' | ')} |`;
    });
    return [title, '', `| ${label} | | result | tests |`, '|---|---|---|---|', ...lines, ''].join('\n');
  });
  return { page: [HEAD, ...parts].join('\n'), missing, failed: [...failed] };
}
