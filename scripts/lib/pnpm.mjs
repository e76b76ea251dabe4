import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

let found;

/** pnpm as a command line: the one that is installed when its version is the right one, else through npx. */
async function findPnpm() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [, version] = packageManager.split('@');
  const installed = await run('pnpm', ['--version'], { quiet: true });
  const right = installed.code === 0 && installed.output.trim().split('\n').at(-1) === version;
  return right ? ['pnpm'] : ['npx', '--yes', packageManager];
}

/** Runs pnpm; arguments and result as for `run`. */
export async function pnpm(args, options) {
  found ??= await findPnpm();
  const [command, ...before] = found;
  return run(command, [...before, ...args], options);
}
