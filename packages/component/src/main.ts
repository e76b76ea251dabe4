import { claim } from './output.js';
import { run } from './program.js';
import { askOn, askSecretOn } from './terminal.js';

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
const terminal = { input: stdin, output: stderr };

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  out: (line) => stdout.write(`${line}\n`),
  err: (line) => stderr.write(`${line}\n`),
  ...(stdin.isTTY && stderr.isTTY ? { ask: askOn(terminal, ending.signal) } : {}),
  // Not on standard input either, where what is typed would be seen.
  ...(stdin.isTTY ? { askSecret: askSecretOn(terminal, ending.signal) } : {}),
  input: stdin,
  claimOutput: () => claim(stdout, stderr),
  ending: ending.signal,
});
