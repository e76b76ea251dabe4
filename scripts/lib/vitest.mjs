import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, run } from './run.mjs';
import { tool } from './setup.mjs';

/** Where vitest writes its JSON report. */
export const RESULTS = join(root, 'test-results', 'vitest.json');

/** Longer than any whole run; what hangs must not hang for ever. */
const LIMIT = 45 * 60_000;

/**
 * Counts tests in vitest's JSON report. What failed outside of tests counts as one: a file that could not be
 * loaded, an unhandled error, a run without tests.
 *
 * @param {string | undefined} text the report, `undefined` when none was written
 * @param {number} code vitest's exit code
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
function countTests(text, code) {
  if (text === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(text);
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + broken.length;
  const silent = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: silent ? 1 : failed, skipped };
}

/** Runs the tests, all of them or those that `filters` name, with their output shown. */
export async function runTests(filters) {
  mkdirSync(dirname(RESULTS), { recursive: true });
  rmSync(RESULTS, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`];
  const { code } = await run(tool('vitest'), ['run', ...reporters, ...filters], { limit: LIMIT });
  return countTests(existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8') : undefined, code);
}
