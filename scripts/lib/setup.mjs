import { join } from 'node:path';
import { installPackages } from './install.mjs';
import { requireNode } from './node-version.mjs';
import { Problem } from './problem.mjs';
import { requirePrograms } from './programs.mjs';
import { root, run } from './run.mjs';
import { requireSqlite } from './sqlite.mjs';

/** Everything that has to be there before anything of this repository can be built or run. */
export async function setUp(programs) {
  requireNode();
  await installPackages();
  await requireSqlite();
  await requirePrograms(programs);
}

/** The path of a program that the packages brought along. */
export const tool = (name) => join(root, 'node_modules', '.bin', name);

/** Builds all packages. */
export async function build() {
  const { code } = await run(tool('tsc'), ['-b']);
  if (code !== 0) throw new Problem('The build failed; the lines above say where.');
}
