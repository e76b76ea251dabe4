import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the module of this repository is configured with; its own defaults for what is not given. */
export interface ShimOptions {
  readonly domain: string;
  /** Groups beside users: `domain` is the server's own. */
  readonly sameHost?: boolean;
  readonly secret: string;
  /** `127.0.0.1:PORT` or `unix:PATH`. */
  readonly listen: string;
  readonly maxStanzas?: number;
  readonly maxBytes?: number;
  /** In seconds. */
  readonly patience?: number;
  /** Which events are passed on. */
  readonly events?: readonly string[];
  /** Whether mod_mam keeps what users send to groups. */
  readonly archiveSent?: boolean;
}

/** The folder `erlang-shim` of this repository. */
export const SHIM = fileURLToPath(new URL('../../../erlang-shim', import.meta.url));

/** The folder of ejabberd's compiled modules: Debian keeps it under the machine's architecture. */
export function findEjabberd(): string {
  for (const architecture of readdirSync('/usr/lib', { withFileTypes: true })) {
    if (!architecture.isDirectory()) continue;
    const folder = join('/usr/lib', architecture.name);
    for (const name of readdirSync(folder)) {
      const ebin = join(folder, name, 'ebin');
      if (name.startsWith('ejabberd-') && existsSync(join(ebin, 'ejabberd.app'))) return ebin;
    }
  }
  throw new Error('ejabberd is not installed here; on Debian and Ubuntu: apt-get install ejabberd.');
}

/** Erlang's library folder that holds ejabberd. */
export const findErlangLibraries = (): string => dirname(dirname(findEjabberd()));

/** Compiles Erlang files into `folder`, warnings being errors. Rejects with what the compiler said. */
export async function compileErlang(folder: string, ...files: readonly string[]): Promise<string> {
  mkdirSync(folder, { recursive: true });
  try {
    await run('erlc', [
      '+debug_info',
      '-Werror',
      '-pa',
      findEjabberd(),
      '-pa',
      folder,
      '-o',
      folder,
      ...files,
    ]);
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
    throw new Error(`${files.map((file) => basename(file)).join(', ')} could not be compiled:\n${said}`);
  }
  return folder;
}

/** The modules that `erlang-shim` consists of. */
export const shimModules = (): string[] =>
  readdirSync(join(SHIM, 'src')).map((file) => basename(file, '.erl'));

/** Compiles the modules of this repository into `folder`. */
export const compileShim = (folder: string): Promise<string> =>
  compileErlang(folder, ...shimModules().map((name) => join(SHIM, 'src', `${name}.erl`)));

/** The part of ejabberd's configuration that loads the module. */
export const shimModule = ({
  domain,
  sameHost,
  secret,
  listen,
  maxStanzas,
  maxBytes,
  patience,
  events,
  archiveSent,
}: ShimOptions) => ({
  mod_xmpp_groups: {
    ...(sameHost ? { groups: 'same_host' } : { host: domain }),
    secret,
    listen,
    ...(maxStanzas === undefined ? {} : { max_stanzas: maxStanzas }),
    ...(maxBytes === undefined ? {} : { max_bytes: maxBytes }),
    ...(patience === undefined ? {} : { patience }),
    ...(events === undefined ? {} : { events }),
    ...(archiveSent === undefined ? {} : { archive_sent: archiveSent }),
  },
});
