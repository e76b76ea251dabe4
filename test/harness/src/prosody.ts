import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { startChild, tail } from './child.js';
import { openFolder } from './folder.js';
import { freePort } from './ports.js';
import { luaString, type ProsodyConfig, prosodyLua } from './prosody-config.js';
import { portOf, type ServerOptions, type XmppServer } from './server.js';
import { waitUntilReady } from './wait.js';

export interface ProsodyOptions extends ServerOptions, Partial<Pick<ProsodyConfig, 'modules' | 'config'>> {}

export interface Prosody extends XmppServer {
  readonly kind: 'prosody';
}

const PROSODY = '/usr/bin/prosody';
const PROSODYCTL = '/usr/bin/prosodyctl';

/** The name of a user's file: letters and digits as they are, every other byte as `%xx` (util.datamanager). */
function fileName(user: string): string {
  let name = '';
  for (const byte of new TextEncoder().encode(user)) {
    const character = String.fromCharCode(byte);
    name += /[A-Za-z0-9]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`;
  }
  return name;
}

/**
 * Whether Prosody has opened all `ports`. When it cannot open one it goes on without it and says so only in
 * its log, and somebody else may answer there: so the log is what counts. Throws with the line that says so.
 */
function hasOpened(logFile: string, ports: readonly number[]): boolean {
  const log = readFileSync(logFile, 'utf8');
  const refused = log.split('\n').find((line) => line.includes('Failed to open server port'));
  if (refused !== undefined) throw new Error(refused);
  return ports.every((port) => new RegExp(`Activated service '.*:${port}\\b`).test(log));
}

/** Starts a private Prosody in the foreground and waits until it serves. */
export async function startProsody(options: ProsodyOptions = {}): Promise<Prosody> {
  if (!existsSync(PROSODY)) {
    throw new Error('Prosody is not installed here; on Debian and Ubuntu: apt-get install prosody.');
  }
  const components = options.components ?? [];
  const c2sPort = options.ports?.c2s ?? (await freePort());
  const httpPort = options.ports?.http ?? (await freePort());
  const wanted = components.map(({ domain }) => options.ports?.components?.[domain]);
  const sharedPort = wanted.find((port) => port !== undefined) ?? (await freePort());

  const folder = openFolder('prosody', options.dir);
  const dir = folder.path;
  const logFile = join(dir, 'log', 'prosody.log');
  const outputFile = join(dir, 'log', 'console.txt');
  const configFile = join(dir, 'prosody.cfg.lua');
  const accounts = join(dir, 'data', 'localhost', 'accounts');
  mkdirSync(dirname(logFile), { recursive: true });
  mkdirSync(accounts, { recursive: true });
  // The log of an earlier run would be taken for this one's.
  writeFileSync(logFile, '');
  writeFileSync(
    configFile,
    prosodyLua({
      dir,
      logFile,
      c2sPort,
      httpPort,
      componentPort: sharedPort,
      components,
      muc: options.muc ?? false,
      mam: options.mam ?? { default: 'always' },
      modules: options.modules ?? [],
      config: options.config ?? '',
    }),
  );

  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: dir };
  const child = await startChild(PROSODY, ['-F', '--config', configFile], { cwd: dir, env, outputFile });
  const ports = [c2sPort, httpPort, ...(components.length > 0 ? [sharedPort] : [])];
  try {
    await waitUntilReady({
      what: 'Prosody',
      child,
      ready: async () => hasOpened(logFile, ports),
      log: () => `${tail(logFile)}\n${tail(outputFile)}`,
      limit: options.startLimit ?? 30_000,
    });
  } catch (error) {
    folder.dispose();
    throw error;
  }

  const componentPorts = Object.fromEntries(components.map(({ domain }) => [domain, sharedPort]));
  return {
    kind: 'prosody',
    host: 'localhost',
    dir,
    c2sPort,
    httpPort,
    componentPorts,
    websocketUrl: `ws://127.0.0.1:${httpPort}/xmpp-websocket`,
    pid: child.pid,
    logFile,
    componentPort: (domain) => portOf(componentPorts, domain),
    register: async (user, password) => {
      if (!/^[^\p{Lu}\p{Cc}\s"&'/:<>@]+$/u.test(user)) throw new Error(`${user} is no name for an account.`);
      // Prosody reads the file at the first login and replaces the password by a SCRAM hash. `wx`: the
      // account must not exist.
      const text = `return { ["password"] = ${luaString(password)} };\n`;
      writeFileSync(join(accounts, `${fileName(user)}.dat`), text, { flag: 'wx' });
    },
    unregister: async (user) => {
      const command = `user:delete(${luaString(`${user}@localhost`)})`;
      await promisify(execFile)(PROSODYCTL, ['--config', configFile, 'shell', command], { env });
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
