// `npm test`: every check, then every test. `npm test -- FILTER` runs vitest alone, with that filter.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { main } from './lib/problem.mjs';
import { root } from './lib/run.mjs';
import { build, setUp, tool } from './lib/setup.mjs';
import { step } from './lib/step.mjs';
import { RESULTS, runTests } from './lib/vitest.mjs';

const PUBLISHED = ['core', 'storage', 'client', 'component'].map((name) => `packages/${name}`);

const CHECKS = [
  ['types of the tests', 'tsc', ['-p', 'tsconfig.tests.json']],
  ['format and lint', 'biome', ['ci', '.']],
  [
    'imports',
    'depcruise',
    ['--config', '.dependency-cruiser.mjs', 'packages', 'test', 'demo', 'bench', 'examples'],
  ],
  ['unused code', 'knip', []],
  ['API documentation', 'typedoc', ['--emit', 'none', '--treatWarningsAsErrors']],
  ...PUBLISHED.map((path) => [`publint ${path}`, 'publint', [path, '--strict', '--pack', 'npm']]),
  ...PUBLISHED.map((path) => [
    `types as published ${path}`,
    'attw',
    ['--pack', path, '--profile', 'esm-only'],
  ]),
];

/** The line that sums up; skipped tests are named only when there are some. */
function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function finish(counts) {
  console.log(`\n${summary(counts)}`);
  return counts.failed > 0 ? 1 : 0;
}

await main(async () => {
  const filters = process.argv.slice(2);
  await setUp(['ejabberd', 'prosody', 'chromium', 'gnupg', 'erlang-dialyzer', 'erlang-eunit']);
  if (filters.length > 0) {
    await build();
    return finish(await runTests(filters));
  }

  const outcomes = [await step('build', tool('tsc'), ['-b'])];
  if (outcomes.includes(false)) return finish({ passed: 0, failed: 1, skipped: 0 });
  for (const [name, command, args] of CHECKS) outcomes.push(await step(name, tool(command), args));
  outcomes.push(await step('sizes in browsers', process.execPath, ['scripts/size.mjs']));
  if (existsSync(join(root, 'scripts', 'docs.mjs'))) {
    outcomes.push(await step('documentation', process.execPath, ['scripts/docs.mjs', '--check']));
  }

  const page = ['bench/dist/main.js', 'page', '--check'];
  outcomes.push(await step('page of the benchmarks', process.execPath, page));

  const tests = await runTests([]);
  const proof = ['scripts/protocol.mjs', '--check', RESULTS];
  outcomes.push(await step('what of the protocol is tested', process.execPath, proof));
  const passed = outcomes.filter((outcome) => outcome).length;
  return finish({
    passed: tests.passed + passed,
    failed: tests.failed + outcomes.length - passed,
    skipped: tests.skipped,
  });
});
