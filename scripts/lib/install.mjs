import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pnpm } from './pnpm.mjs';
import { Problem } from './problem.mjs';
import { root } from './run.mjs';

/** Says for which lockfile, manifests and Node the folder was filled. */
const STAMP = join(root, 'node_modules', '.xmpp-groups-stamp');

/** The files that say what is to be installed: the workspace's and each package's manifest. */
function manifests() {
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((name) => join(root, name));
  for (const parent of ['.', 'packages', 'test']) {
    for (const entry of readdirSync(join(root, parent), { withFileTypes: true })) {
      const file = join(root, parent, entry.name, 'package.json');
      if (entry.isDirectory() && entry.name !== 'node_modules' && existsSync(file)) files.push(file);
    }
  }
  return files.sort();
}

function wantedStamp() {
  const hash = createHash('sha256').update(process.version);
  for (const file of manifests()) hash.update(`\0${file.slice(root.length)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

/**
 * Installs what the lockfile says. Does nothing when that has been done for these files and this Node.
 * Nothing is compiled here: a failure of that would hide that the packages themselves are there.
 */
export async function installPackages() {
  const wanted = wantedStamp();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  console.log('Installing packages (pnpm install --frozen-lockfile)');
  const { code } = await pnpm(['install', '--frozen-lockfile', '--ignore-scripts'], { env: { CI: 'true' } });
  if (code !== 0) {
    throw new Problem(
      'The packages could not be installed; the lines above say why (is the npm registry reachable?).',
    );
  }
  writeFileSync(STAMP, wanted);
}
