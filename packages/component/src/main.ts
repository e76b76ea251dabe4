import { run } from './program.js';

const ending = new AbortController();
let asked = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    // Who asks twice does not want to wait for an orderly end.
    if (asked) process.exit(1);
    asked = true;
    ending.abort();
  });
}

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  ending: ending.signal,
});
