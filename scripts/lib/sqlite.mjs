import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { aptInstall, canAptInstall } from './debian.mjs';
import { pnpm } from './pnpm.mjs';
import { Problem } from './problem.mjs';
import { root, run } from './run.mjs';

const STORAGE = join(root, 'packages', 'storage');

async function sqliteLoads() {
  const program = "new (require('better-sqlite3'))(':memory:').close()";
  const { code } = await run(process.execPath, ['-e', program], { cwd: STORAGE, quiet: true });
  return code === 0;
}

async function hasCompiler() {
  for (const command of ['make', 'c++', 'python3']) {
    const { code } = await run(command, ['--version'], { quiet: true });
    if (code !== 0) return false;
  }
  return true;
}

/** Node's own headers, when they lie beside it: node-gyp downloads them otherwise. */
function headers() {
  const folder = dirname(dirname(process.execPath));
  return existsSync(join(folder, 'include', 'node', 'node.h')) ? { npm_config_nodedir: folder } : {};
}

/** Downloads the binary or, where there is none to be had, compiles it. */
async function buildSqlite() {
  console.log('Building better-sqlite3 (two minutes where no binary can be downloaded)');
  const { code, output } = await pnpm(['rebuild', 'better-sqlite3'], {
    cwd: STORAGE,
    env: { CI: 'true', ...headers() },
    quiet: true,
  });
  return { built: code === 0 && (await sqliteLoads()), output };
}

/** Makes sure that SQLite's binary loads. */
export async function requireSqlite() {
  if (await sqliteLoads()) return;
  const first = await buildSqlite();
  if (first.built) return;

  const compiler = await hasCompiler();
  if (!compiler && !canAptInstall()) {
    throw new Problem(
      'better-sqlite3 has no binary for this machine and has to be compiled; install make, a C++ compiler and python3.',
    );
  }
  if (!compiler) await aptInstall(['build-essential', 'python3']);
  const { built, output } = compiler ? first : await buildSqlite();
  if (built) return;
  console.error(output.trimEnd());
  throw new Problem('better-sqlite3 could not be compiled; the lines above say why.');
}
