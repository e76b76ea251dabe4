import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startChild, tail } from './child.js';
import { type EjabberdConfig, ejabberdYaml } from './ejabberd-config.js';
import { compileShim, findErlangLibraries, type ShimOptions, shimModule } from './erlang.js';
import { openFolder } from './folder.js';
import { freePort } from './ports.js';
import { portOf, type ServerOptions, type XmppServer } from './server.js';
import { answers200, waitUntilReady } from './wait.js';

export interface EjabberdOptions
  extends ServerOptions,
    Partial<Pick<EjabberdConfig, 'multicast' | 'modules' | 'config'>> {
  /** Whether clients can upload files, to `upload.localhost` (XEP-0363). Off by default. */
  readonly uploads?: boolean;
  /** Serves groups by the module of this repository. Its modules are compiled for every server that names one. */
  readonly shim?: ShimOptions;
}

export interface Ejabberd extends XmppServer {
  readonly kind: 'ejabberd';
  /**
   * Calls a command of ejabberd's API (mod_http_api), such as `kick_session`, and returns its answer.
   * Rejects with the answer's text when ejabberd refuses.
   */
  api(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
}

const needsShim = ({ shim, modules = {} }: EjabberdOptions): boolean =>
  shim !== undefined || Object.keys(modules).some((name) => name.startsWith('mod_xmpp_groups'));

/**
 * Starts a private ejabberd and waits until it serves. It is run by `erl` itself, since Debian's
 * ejabberdctl insists on its own user: no epmd, cookie, node name or root are needed.
 */
export async function startEjabberd(options: EjabberdOptions = {}): Promise<Ejabberd> {
  const libraries = findErlangLibraries();
  const c2sPort = options.ports?.c2s ?? (await freePort());
  const httpPort = options.ports?.http ?? (await freePort());
  const components = [];
  for (const account of options.components ?? []) {
    components.push({ ...account, port: options.ports?.components?.[account.domain] ?? (await freePort()) });
  }

  const folder = openFolder('ejabberd', options.dir);
  const dir = folder.path;
  const spool = join(dir, 'spool');
  const logFile = join(dir, 'log', 'ejabberd.log');
  const outputFile = join(dir, 'log', 'console.txt');
  mkdirSync(spool, { recursive: true });
  mkdirSync(dirname(logFile), { recursive: true });
  writeFileSync(
    join(dir, 'ejabberd.yml'),
    ejabberdYaml({
      c2sPort,
      httpPort,
      components,
      muc: options.muc ?? false,
      mam: options.mam ?? { default: 'always' },
      multicast: options.multicast ?? {},
      uploads: options.uploads ? join(dir, 'uploads') : undefined,
      modules: { ...(options.shim === undefined ? {} : shimModule(options.shim)), ...options.modules },
      config: {
        ...(options.shim?.sameHost ? { auth_method: ['xmpp_groups', 'mnesia'] } : {}),
        ...options.config,
      },
    }),
  );

  const child = await startChild(
    'erl',
    [
      '-noinput',
      // A terminal's Ctrl-C reaches all of its processes; Erlang would break off at once.
      '+Bi',
      '+K',
      'true',
      '+P',
      '250000',
      ...(needsShim(options) ? ['-pa', await compileShim(join(dir, 'ebin'))] : []),
      '-mnesia',
      'dir',
      `"${spool}"`,
      '-s',
      'ejabberd',
    ],
    {
      cwd: spool,
      outputFile,
      env: {
        PATH: process.env.PATH,
        LANG: 'C.UTF-8',
        HOME: dir,
        EJABBERD_CONFIG_PATH: join(dir, 'ejabberd.yml'),
        EJABBERD_LOG_PATH: logFile,
        ERL_LIBS: libraries,
        ERL_CRASH_DUMP: join(dir, 'log', 'erl_crash.dump'),
        ERL_CRASH_DUMP_SECONDS: '0',
      },
    },
  );

  const url = `http://127.0.0.1:${httpPort}/api`;
  const post = (args: Readonly<Record<string, unknown>>) => ({ method: 'POST', body: JSON.stringify(args) });
  const api: Ejabberd['api'] = async (command, args = {}) => {
    const response = await fetch(`${url}/${command}`, post(args));
    const text = await response.text();
    if (!response.ok) throw new Error(`ejabberd refused ${command}: ${response.status} ${text}`);
    return JSON.parse(text);
  };

  try {
    await waitUntilReady({
      what: 'ejabberd',
      child,
      ready: () => answers200(`${url}/status`, post({})),
      log: () => `${tail(logFile)}\n${tail(outputFile)}`,
      limit: options.startLimit ?? 30_000,
    });
  } catch (error) {
    folder.dispose();
    throw error;
  }

  const componentPorts = Object.fromEntries(components.map(({ domain, port }) => [domain, port]));
  return {
    kind: 'ejabberd',
    host: 'localhost',
    dir,
    c2sPort,
    httpPort,
    componentPorts,
    websocketUrl: `ws://127.0.0.1:${httpPort}/ws`,
    pid: child.pid,
    logFile,
    componentPort: (domain) => portOf(componentPorts, domain),
    api,
    register: async (user, password) => {
      await api('register', { user, host: 'localhost', password });
    },
    unregister: async (user) => {
      await api('unregister', { user, host: 'localhost' });
    },
    cpuSeconds: child.cpuSeconds,
    stop: async () => {
      await child.stop();
      folder.dispose();
    },
    kill9: async () => {
      await child.kill9();
      folder.dispose();
    },
  };
}
