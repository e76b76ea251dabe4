import { run } from './program.js';
import { askOn } from './terminal.js';

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

const { stdin, stdout, stderr } = process;
const isAttended = stdin.isTTY && stderr.isTTY;

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  out: (line) => stdout.write(`${line}\n`),
  err: (line) => stderr.write(`${line}\n`),
  ...(isAttended ? { ask: askOn({ input: stdin, output: stderr }, ending.signal) } : {}),
  ending: ending.signal,
});
