import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, startChild, tail } from './child.js';
import { openFolder } from './folder.js';
import { freePort } from './ports.js';
import { answers200, waitUntilReady } from './wait.js';

export interface ComponentOptions {
  /** How the server is reached: as a component (XEP-0114), the default, or by the module inside ejabberd. */
  readonly via?: 'component' | 'ejabberd';
  /** Where the server listens for components, or the module for daemons. */
  readonly port: number;
  /** `127.0.0.1` unless given. */
  readonly host?: string;
  readonly domain: string;
  readonly secret: string;
  /** `memory:` (the default) or `sqlite:PATH`. */
  readonly storageUrl?: string;
  /** A free port unless given; /healthz, /readyz and /metrics are there. */
  readonly httpPort?: number;
  /** `info` unless given. */
  readonly logLevel?: string;
  /** Further settings, as XMPP_GROUPS_... variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Working folder and log. A temporary one, removed by `stop`, when not given. */
  readonly dir?: string;
  /** Milliseconds until a daemon that is not ready counts as failed. 30,000 unless given. */
  readonly startLimit?: number;
}

/** The daemon that hosts groups, as a process of its own. */
export interface Component {
  readonly domain: string;
  readonly httpPort: number;
  /** Changes with `restart`. */
  readonly pid: number;
  readonly dir: string;
  /** What the daemon has written to standard output and standard error, over all its starts. */
  log(): string;
  /** The text of /metrics, in the format of Prometheus. */
  metrics(): Promise<string>;
  /** User and system time of the running process so far, in seconds. */
  cpuSeconds(): number;
  /** SIGTERM; waits for the end and returns the exit code, `null` when a signal ended it. */
  stop(): Promise<number | null>;
  /** Ends the daemon as a crash would, and waits for its end. `restart` may follow. */
  kill9(): Promise<void>;
  /** Starts the daemon again with the same settings, after SIGTERM if it still runs; waits until it serves. */
  restart(): Promise<void>;
}

function programPath(): string {
  const manifest = fileURLToPath(import.meta.resolve('@xmpp-groups/component/package.json'));
  return join(dirname(manifest), 'bin', 'xmpp-groups.js');
}

/** Starts the built daemon and waits until it is connected and serves (GET /readyz). */
export async function startComponent(options: ComponentOptions): Promise<Component> {
  const httpPort = options.httpPort ?? (await freePort());
  const folder = openFolder('component', options.dir);
  mkdirSync(folder.path, { recursive: true });
  const outputFile = join(folder.path, 'component.log');
  const url = `http://127.0.0.1:${httpPort}`;
  const server = `XMPP_GROUPS_${(options.via ?? 'component').toUpperCase()}_`;
  const env = {
    PATH: process.env.PATH,
    HOME: folder.path,
    [`${server}HOST`]: options.host ?? '127.0.0.1',
    [`${server}PORT`]: String(options.port),
    [`${server}DOMAIN`]: options.domain,
    [`${server}SECRET`]: options.secret,
    XMPP_GROUPS_STORAGE_URL: options.storageUrl ?? 'memory:',
    XMPP_GROUPS_HTTP_LISTEN: `127.0.0.1:${httpPort}`,
    XMPP_GROUPS_LOG_LEVEL: options.logLevel ?? 'info',
    ...options.env,
  };

  const start = async (): Promise<Child> => {
    const child = await startChild(process.execPath, [programPath(), 'serve'], {
      cwd: folder.path,
      env,
      outputFile,
    });
    await waitUntilReady({
      what: `the component ${options.domain}`,
      child,
      ready: () => answers200(`${url}/readyz`),
      log: () => tail(outputFile),
      limit: options.startLimit ?? 30_000,
    });
    return child;
  };

  let child: Child;
  try {
    child = await start();
  } catch (error) {
    folder.dispose();
    throw error;
  }

  return {
    domain: options.domain,
    httpPort,
    get pid() {
      return child.pid;
    },
    dir: folder.path,
    log: () => readFileSync(outputFile, 'utf8'),
    metrics: async () => (await fetch(`${url}/metrics`)).text(),
    cpuSeconds: () => child.cpuSeconds(),
    stop: async () => {
      const { code } = await child.stop();
      folder.dispose();
      return code;
    },
    kill9: async () => {
      await child.kill9();
    },
    restart: async () => {
      await child.stop();
      child = await start();
    },
  };
}
