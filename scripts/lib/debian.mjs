import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Problem } from './problem.mjs';
import { run } from './run.mjs';

/** invoke-rc.d(8) asks this program whether a service may be started; 101 means no. */
const POLICY = '/usr/sbin/policy-rc.d';

/** Whether packages can be installed here: Debian or a relative of it, as root. */
export function canAptInstall() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && existsSync('/etc/debian_version');
}

/** Runs `work` while no package may start a service. A policy that the machine already has is left alone. */
async function withoutServices(work) {
  if (existsSync(POLICY)) return work();
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { flag: 'wx' });
  chmodSync(POLICY, 0o755);
  const remove = () => rmSync(POLICY, { force: true });
  process.on('exit', remove);
  try {
    return await work();
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** Keeps a service that was just installed from being started with the machine. */
async function disableService(name) {
  if (!existsSync('/usr/bin/systemctl')) return;
  const enabled = await run('systemctl', ['is-enabled', name], { quiet: true });
  if (enabled.code === 0) await run('systemctl', ['disable', name], { quiet: true });
}

/**
 * Installs packages without starting their services, now or at the next start of the machine.
 *
 * @param {readonly string[]} packages
 * @param {readonly string[]} services of these packages; none of them was installed before
 */
export async function aptInstall(packages, services = []) {
  console.log(`Installing ${packages.join(', ')} (apt-get)`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const apt = async (...args) => {
    const { code, output } = await run('apt-get', args, { env, quiet: true });
    return code === 0 ? undefined : output;
  };
  const failure = await withoutServices(async () => {
    // A mirror of the machine that cannot be reached need not hold what is wanted.
    const update = await apt('update');
    const install = await apt('install', '-y', '--no-install-recommends', ...packages);
    return install === undefined ? undefined : `${update ?? ''}${install}`;
  });
  if (failure !== undefined) {
    console.error(failure.trimEnd());
    throw new Problem(`${packages.join(', ')} could not be installed by apt-get; the lines above say why.`);
  }
  for (const service of services) await disableService(service);
}

/** The name that the system gives itself, for messages. */
export function systemName() {
  if (!existsSync('/etc/os-release')) return process.platform;
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;
}
