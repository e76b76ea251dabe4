import { run } from './run.mjs';

/**
 * Runs one check, prints one line about it, and its output when it fails.
 *
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<boolean>} whether it passed
 */
export async function step(name, command, args) {
  const start = performance.now();
  const { code, output } = await run(command, args, {
    quiet: true,
    env: { NO_COLOR: '1' },
    limit: 600_000,
  });
  const passed = code === 0;
  report(passed, name, start);
  if (!passed) console.log(output.trimEnd());
  return passed;
}

/** Prints the line of a step that began at `start` (performance.now()). */
function report(passed, name, start) {
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
}
