import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Machine } from './figures.js';
import { yardstick } from './yardstick.js';

/** The machine as it is now: what a result is worth depends on where it was got. */
export async function describeMachine(): Promise<Machine> {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  const processors = cpus();
  return {
    date: new Date().toISOString(),
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    yardstick: await yardstick(),
    version: String(version),
    commit: COMMIT,
  };
}

/** The state of the repository; empty where there is none, or no git. */
function commit(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const { stdout } = spawnSync('git', ['-C', here, 'describe', '--always', '--dirty'], { encoding: 'utf8' });
  return stdout?.trim() ?? '';
}

/** Before anything is measured: results change the repository. */
const COMMIT = commit();
