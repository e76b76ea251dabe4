import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Problem } from './problem.mjs';

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/**
 * Runs a program in the repository and waits for its end. SIGTERM and SIGINT that reach this process go on to
 * it, so that it can end in good order; afterwards a `Problem` is thrown, so that nothing more is begun.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd] the repository's folder unless given
 * @param {Record<string, string>} [options.env] variables to add
 * @param {boolean} [options.quiet] output is collected instead of shown
 * @param {number} [options.limit] milliseconds until it is killed
 * @param {boolean} [options.last] nothing follows: after a signal, too, its exit code is the result
 * @returns {Promise<{ code: number, output: string }>} a program that cannot be started has code 127, one
 *   that a signal ended has 128 and the signal's number, as in a shell
 */
export function run(command, args, options = {}) {
  const { cwd = root, env = {}, quiet = false, limit, last = false } = options;
  return new Promise((resolve, reject) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }

    let interrupted = false;
    const onSignal = (signal) => {
      interrupted = true;
      // At a terminal Ctrl-C reaches the whole group; a program that is signalled twice ends at once.
      if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal);
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
    const kill = () => {
      output += `\n${command} was ended after ${limit / 1000} s.`;
      child.kill('SIGKILL');
    };
    const timer = limit === undefined ? undefined : setTimeout(kill, limit);

    const end = (code) => {
      clearTimeout(timer);
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
      if (interrupted && !last) reject(new Problem('Interrupted.'));
      else resolve({ code, output });
    };
    child.once('error', (error) => {
      output += error.message;
      end(127);
    });
    child.once('close', (code, signal) => end(code ?? 128 + constants.signals[signal]));
  });
}
