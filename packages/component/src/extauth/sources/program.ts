import { spawn } from 'node:child_process';
import type { Source } from '../source.js';
import { questionOf } from './question.js';

/**
 * A program of the operator's: started for each request without a shell, with the question on its standard input
 * (a line of JSON) and nothing about it among its arguments. Exit code 0 is a yes, 1 a no. What it writes goes to
 * standard error, both streams; when the time is over it is killed, with all that it has started.
 * @param argv the program and its arguments
 */
export function askingProgram([command = '', ...args]: readonly string[]): Source {
  return (request, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const standardError = process.stderr;
      // A group of its own, so that its children can be ended with it.
      const child = spawn(command, args, { detached: true, stdio: ['pipe', standardError, standardError] });
      const kill = (): void => killGroup(child.pid);
      signal.addEventListener('abort', kill);
      const settle = (): void => signal.removeEventListener('abort', kill);
      child.once('error', (error) => {
        settle();
        reject(new Error(`extauth.program: ${command} cannot be run (${error.message}); correct its path`));
      });
      child.once('exit', (code, ended) => {
        settle();
        if (code === 0 || code === 1) resolve(code === 0);
        else reject(new Error(`extauth.program: ${command} ended with ${ended ?? `exit code ${code}`}`));
      });
      // A program that does not read its input may know the answer all the same: its exit code counts.
      child.stdin.on('error', () => undefined);
      child.stdin.end(`${questionOf(request)}\n`);
    });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself, and Node is about to tell.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
