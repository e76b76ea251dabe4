import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { atExit } from './at-exit.js';

/** How a process ended: its exit code, or the signal that ended it. */
interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that was started here. */
export interface Child {
  readonly pid: number;
  /** Settles when the process has ended. */
  readonly exited: Promise<Exit>;
  /** How it ended, `undefined` while it runs. */
  exit(): Exit | undefined;
  /** SIGTERM, then, after `limit` milliseconds, SIGKILL; waits until the process has ended. */
  stop(limit?: number): Promise<Exit>;
  /** SIGKILL; waits until the process has ended. */
  kill9(): Promise<Exit>;
  /** User and system time that the process has used so far, in seconds. */
  cpuSeconds(): number;
}

export interface ChildOptions {
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output and standard error are appended to this file. */
  readonly outputFile: string;
}

/** proc(5): times in /proc/PID/stat count in USER_HZ, which is 100 on every platform that Node runs on. */
const TICKS_PER_SECOND = 100;

/** From util-linux: makes the kernel end the child when this process dies, SIGKILL included. */
const SETPRIV = '/usr/bin/setpriv';

/** Starts a process that does not outlive this one. Rejects when it cannot be started. */
export async function startChild(
  command: string,
  args: readonly string[],
  options: ChildOptions,
): Promise<Child> {
  const guarded = existsSync(SETPRIV);
  const output = openSync(options.outputFile, 'a');
  const child = spawn(
    guarded ? SETPRIV : command,
    guarded ? ['--pdeathsig', 'KILL', '--', command, ...args] : args,
    { cwd: options.cwd, env: options.env, stdio: ['ignore', output, output] },
  );
  closeSync(output);
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} was started but has no process id.`);

  let ended: Exit | undefined;
  const callOff = atExit(() => child.kill('SIGKILL'));
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      callOff();
      ended = { code, signal };
      resolve(ended);
    });
  });

  const end = async (signal: NodeJS.Signals, limit?: number): Promise<Exit> => {
    if (ended !== undefined) return ended;
    child.kill(signal);
    const timer = limit === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), limit);
    const exit = await exited;
    clearTimeout(timer);
    return exit;
  };

  return {
    pid,
    exited,
    exit: () => ended,
    stop: (limit = 10_000) => end('SIGTERM', limit),
    kill9: () => end('SIGKILL'),
    cpuSeconds: () => cpuSeconds(pid),
  };
}

/** User and system time of the process `pid` in seconds, from /proc/PID/stat (proc(5)). */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the command in brackets and may hold blanks and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** The last `lines` lines of a file; a note in their place when it was never written. */
export function tail(file: string, lines = 40): string {
  if (!existsSync(file)) return `(${file} was not written)`;
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
