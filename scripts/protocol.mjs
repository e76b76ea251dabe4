// Writes docs/protocol-coverage.md from the names of the tests, which vitest lists; with --from REPORT from those in
// its JSON report of a whole run, which is faster. With --check REPORT: tells whether the page is up to date, has a
// test for everything, and whether all of these have passed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { testsInList, testsInReport } from './lib/named-in-tests.mjs';
import { main, Problem } from './lib/problem.mjs';
import { protocolPage } from './lib/protocol-page.mjs';
import { root, run } from './lib/run.mjs';
import { tool } from './lib/setup.mjs';

const PAGE = join(root, 'docs', 'protocol-coverage.md');
const STALE = 'docs/protocol-coverage.md is not what the tests say:';
const LIST = join(root, 'test-results', 'tests.json');

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** All tests, without running them. */
async function listed() {
  mkdirSync(dirname(LIST), { recursive: true });
  const { code, output } = await run(tool('vitest'), ['list', `--json=${LIST}`], { quiet: true });
  if (code !== 0) throw new Problem(`vitest cannot list the tests:\n${output}`);
  return testsInList(read(LIST));
}

function check(file) {
  if (!existsSync(file)) throw new Problem('There is no report of the tests to compare with.');
  const { page, missing, failed } = protocolPage(testsInReport(read(file)));
  const wrong = failed.map((name) => `This is said to pass, and did not: ${name}`);
  if (missing.length > 0) wrong.push(`No test names: ${missing.join(', ')}.`);
  if (!existsSync(PAGE) || readFileSync(PAGE, 'utf8') !== page) {
    wrong.push(`${STALE} run \`npm run protocol -- --from ${relative(root, file)}\` and commit it.`);
  }
  if (wrong.length > 0) throw new Problem(wrong.join('\n'));
}

await main(async () => {
  const [option, file = ''] = process.argv.slice(2);
  if (option === '--check') {
    check(file);
    return 0;
  }
  const { page, missing } = protocolPage(option === '--from' ? testsInReport(read(file)) : await listed());
  writeFileSync(PAGE, page);
  if (missing.length > 0) console.log(`No test names: ${missing.join(', ')}`);
  return 0;
});
