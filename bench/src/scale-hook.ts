// Loaded into a daemon by `--import`: on SIGUSR2 it writes a line that says how much memory is in use, when all that can
// be freed is free.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

process.on('SIGUSR2', () => {
  if (typeof collect !== 'function') throw new Error('there is no collector');
  collect();
  collect();
  process.stdout.write(`memory ${JSON.stringify(process.memoryUsage())}\n`);
});
