import { createInterface, type Interface } from 'node:readline/promises';
import { type Readable, Writable } from 'node:stream';

interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * Asks a question on a terminal, to be answered by `y` or `yes`. Anything else is a no, and so are the end of
 * the input and an abort.
 */
export function askOn(terminal: Terminal, signal: AbortSignal): (question: string) => Promise<boolean> {
  return async (question) => {
    const answer = await lineOf(terminal, signal, (lines) => lines.question(`${question} [y/N] `));
    return /^y(es)?$/i.test(answer?.trim() ?? '');
  };
}

/**
 * Asks for what must not be seen on a terminal: nothing of what is typed is shown. The end of the input and an
 * abort are no answer.
 */
export function askSecretOn(
  { input, output }: Terminal,
  signal: AbortSignal,
): (question: string) => Promise<string | undefined> {
  return async (question) => {
    const nothing = new Writable({ write: (_chunk, _encoding, done) => done() });
    // As a terminal, readline takes the echo over from the system, and gives it to `nothing`.
    const terminal = { input, output: nothing, terminal: true };
    const answer = await lineOf(terminal, signal, (lines) => {
      // Not before: a quick answer would still be shown by the system.
      output.write(`${question}: `);
      return lines.question('');
    });
    output.write('\n');
    return answer;
  };
}

function lineOf(
  terminal: Terminal & { readonly terminal?: boolean },
  signal: AbortSignal,
  ask: (lines: Interface) => Promise<string>,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ ...terminal, historySize: 0 });
    const none = (): void => {
      lines.close();
      resolve(undefined);
    };
    // readline takes Ctrl+C for itself.
    lines.once('SIGINT', none).once('close', none);
    signal.addEventListener('abort', none, { once: true });
    ask(lines).then((answer) => {
      resolve(answer);
      lines.close();
    }, reject);
  });
}
