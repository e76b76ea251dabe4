// Loaded into a daemon by `--import`: writes a CPU profile when the daemon ends, as `node --cpu-prof` would, which
// cannot be given to a program that somebody else starts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { dirname } from 'node:path';

const file = process.env.BENCH_PROFILE;
if (file === undefined) throw new Error('BENCH_PROFILE names the file of the profile.');

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.start');
process.once('exit', () => {
  session.post('Profiler.stop', (error, result) => {
    if (error !== null) throw error;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(result.profile));
  });
});
