import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

/**
 * Asks a question on a terminal, to be answered by `y` or `yes`. Anything else is a no, and so are the end of
 * the input and an abort.
 */
export function askOn(
  terminal: { readonly input: Readable; readonly output: Writable },
  signal: AbortSignal,
): (question: string) => Promise<boolean> {
  return (question) =>
    new Promise((resolve, reject) => {
      const lines = createInterface(terminal);
      const no = (): void => {
        lines.close();
        resolve(false);
      };
      // readline takes Ctrl+C for itself.
      lines.once('SIGINT', no).once('close', no);
      signal.addEventListener('abort', no, { once: true });
      lines.question(`${question} [y/N] `).then((answer) => {
        resolve(/^y(es)?$/i.test(answer.trim()));
        lines.close();
      }, reject);
    });
}
