import { Problem } from './problem.mjs';

const OLDEST = [20, 10];

/** Says in one sentence what to do when this Node is too old. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new Problem(
    `Node ${version} is too old; install Node ${OLDEST.join('.')} or later (https://nodejs.org).`,
  );
}
