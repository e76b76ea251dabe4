import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { openFolder } from './folder.js';

/** What a run of gpg gave. */
export interface GnuPgResult {
  readonly output: Buffer;
  /** The lines that gpg prints for programs, such as `GOODSIG ...` (doc/DETAILS of GnuPG). */
  readonly status: readonly string[];
}

/** GnuPG with keys of its own. */
export interface GnuPg {
  /** Runs gpg, with `input` to read; rejects with what it prints when it fails. */
  run(args: readonly string[], input?: Uint8Array): Promise<GnuPgResult>;
  /** Ends the agent and removes all keys. */
  stop(): Promise<void>;
}

async function runProgram(
  program: string,
  args: readonly string[],
  input: Uint8Array,
): Promise<{ readonly output: Buffer; readonly log: string }> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  const log: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => log.push(chunk));
  // A program that has failed does not read to the end; its exit code says so.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  const text = Buffer.concat(log).toString();
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${code}\n${text}`);
  return { output: Buffer.concat(output), log: text };
}

const STATUS = '[GNUPG:] ';

/** GnuPG in an empty folder of its own; the keys of the user are neither read nor changed. */
export function startGnuPg(): GnuPg {
  const folder = openFolder('gpg');
  chmodSync(folder.path, 0o700);
  const base = ['--homedir', folder.path, '--batch', '--no-tty', '--quiet', '--status-fd', '2'];
  const unattended = ['--pinentry-mode', 'loopback', '--passphrase', '', '--trust-model', 'always'];
  return {
    run: async (args, input = new Uint8Array()) => {
      const { output, log } = await runProgram('gpg', [...base, ...unattended, ...args], input);
      const lines = log.split('\n').filter((line) => line.startsWith(STATUS));
      return { output, status: lines.map((line) => line.slice(STATUS.length)) };
    },
    stop: async () => {
      await runProgram('gpgconf', ['--homedir', folder.path, '--kill', 'all'], new Uint8Array());
      folder.dispose();
    },
  };
}
