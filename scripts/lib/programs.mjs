import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall, canAptInstall, systemName } from './debian.mjs';
import { Problem } from './problem.mjs';

const onPath = (program) =>
  (process.env.PATH ?? '').split(delimiter).some((dir) => existsSync(join(dir, program)));

/** ejabberd is run by `erl` from the folder of its compiled modules. */
function hasEjabberd() {
  if (!onPath('erl') || !existsSync('/usr/lib')) return false;
  const folders = (path) =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  return folders('/usr/lib').some((architecture) =>
    folders(join('/usr/lib', architecture)).some(
      (name) =>
        name.startsWith('ejabberd-') &&
        existsSync(join('/usr/lib', architecture, name, 'ebin', 'ejabberd.app')),
    ),
  );
}

/** The names under which a browser that is one of Chromium is looked for, here as in the tests. */
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const INSTALLED = {
  chromium: () => CHROMIUM.some(onPath),
  ejabberd: hasEjabberd,
  gnupg: () => onPath('gpg') && onPath('gpg-agent') && onPath('gpgconf'),
  prosody: () => existsSync('/usr/bin/prosody'),
};

/**
 * Makes sure that these XMPP servers, the browser, and GnuPG are installed. Private instances of them are run; services
 * of the machine, and keys of its users, are neither used nor changed.
 *
 * @param {readonly ('chromium' | 'ejabberd' | 'gnupg' | 'prosody')[]} wanted
 */
export async function requirePrograms(wanted) {
  const missing = wanted.filter((name) => !INSTALLED[name]());
  if (missing.length === 0) return;
  if (!canAptInstall()) {
    throw new Problem(
      `${missing.join(' and ')} must be installed; on Debian and Ubuntu run "apt-get install --no-install-recommends ${missing.join(' ')}" as root (this is ${systemName()}).`,
    );
  }
  await aptInstall(missing, missing);
  const still = missing.filter((name) => !INSTALLED[name]());
  if (still.length > 0)
    throw new Problem(`${still.join(' and ')} was installed but is not where it was looked for.`);
}
