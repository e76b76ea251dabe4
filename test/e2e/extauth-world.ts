import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { connect, type Ejabberd, startEjabberd, type XmppClient } from '@xmpp-groups/harness';

const PROGRAM = fileURLToPath(new URL('../../packages/component/bin/xmpp-groups.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  /** Standard output as bytes, and as lines. */
  readonly bytes: Buffer;
  readonly out: readonly string[];
  readonly err: string;
}

/** Runs `xmpp-groups` to its end, with `input` on its standard input. */
export async function runProgram(args: readonly string[], input: string | Uint8Array = ''): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env: { PATH: process.env.PATH } });
  const over = once(child, 'close');
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  child.stdin.end(input);
  const [err, [code]] = await Promise.all([text(child.stderr), over]);
  const bytes = Buffer.concat(pieces);
  return { code, bytes, out: bytes.toString().split('\n').slice(0, -1), err };
}

/** An ejabberd that asks `xmpp-groups extauth` for accounts, and what is behind that. */
export interface ExtauthWorld {
  readonly server: Ejabberd;
  readonly database: string;
  /** A command of `xmpp-groups` with the same configuration. */
  run(args: readonly string[], input?: string | Uint8Array): Promise<Ended>;
  /** Logs in by SASL PLAIN. */
  login(user: string, password: string, options?: { readonly timeout?: number }): Promise<XmppClient>;
  /** The log of all the programs that the server has started. */
  log(): string;
  /** The ids of those that have not written that they have stopped, the newest last. */
  workers(): number[];
  /** Ends the server; its programs follow by themselves. */
  stop(): Promise<void>;
  /** Removes the files. */
  remove(): void;
}

const pidsOf = (log: string, says: string): number[] =>
  log
    .split('\n')
    .filter((line) => line.includes(`"msg":"${says}`))
    .map((line) => Number(/"pid":(\d+)/.exec(line)?.[1]));

/**
 * Starts ejabberd with these methods of authentication, and two programs for the second.
 * @param extauth the section of the configuration, besides its hosts
 * @param cache whether ejabberd remembers answers
 */
export async function startExtauthWorld(
  methods: readonly string[],
  extauth: Readonly<Record<string, unknown>>,
  { cache = false }: { readonly cache?: boolean } = {},
): Promise<ExtauthWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-extauth-'));
  const config = join(folder, 'groups.yml');
  const database = join(folder, 'groups.db');
  const logFile = join(folder, 'extauth.log');
  const settings = {
    // The groups are on the host of the users.
    component: { domain: 'localhost' },
    storage: { url: `sqlite:${database}` },
    log: { level: 'debug' },
    extauth: { hosts: ['localhost'], logFile, ...extauth },
  };
  writeFileSync(config, JSON.stringify(settings));
  writeFileSync(logFile, '');
  const run: ExtauthWorld['run'] = (args, input) => runProgram([...args, '--config', config], input);
  const made = await run(['group', 'create', 'verona', '--owner', 'romeo@localhost']);
  if (made.code !== 0) throw new Error(made.err);
  const server = await startEjabberd({
    mam: false,
    config: {
      auth_method: methods,
      auth_use_cache: cache,
      extauth_program: `${process.execPath} ${PROGRAM} extauth --config ${config}`,
      extauth_pool_size: 2,
    },
  });
  const log = (): string => readFileSync(logFile, 'utf8');
  return {
    server,
    database,
    run,
    log,
    login: (user, password, options) => connect({ server, user, password, mechanism: 'PLAIN', ...options }),
    workers: () => {
      const stopped = pidsOf(log(), 'stopped');
      return pidsOf(log(), 'answering for').filter((pid) => !stopped.includes(pid));
    },
    stop: () => server.stop(),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
