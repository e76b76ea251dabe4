import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Another process, which runs functions of one module. */
export interface Child {
  readonly process: ChildProcess;
  /** The lines that it prints. */
  readonly lines: AsyncIterableIterator<string>;
  /** Begins a call, without waiting for what comes of it. */
  begin(name: string, ...args: readonly (string | number)[]): void;
  /**
   * Calls a function and resolves with what it returns; one call at a time.
   * @throws Error (rejects) with what the function threw
   */
  call(name: string, ...args: readonly (string | number)[]): Promise<unknown>;
  /** Lets it end, and resolves with what it has written to standard error. */
  end(): Promise<string>;
}

const RUN = fileURLToPath(new URL('run.mjs', import.meta.url));

/** @param module the address of a module with TypeScript in it */
export function startChild(module: URL): Child {
  const child = spawn(process.execPath, [RUN, fileURLToPath(module)], { stdio: ['pipe', 'pipe', 'pipe'] });
  const exit = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const begin: Child['begin'] = (name, ...args) => {
    child.stdin.write(`${JSON.stringify({ name, args })}\n`);
  };
  return {
    process: child,
    lines,
    begin,
    call: async (name, ...args) => {
      begin(name, ...args);
      const { value: line } = await lines.next();
      if (line === undefined) throw new Error(`the process ended during ${name}: ${errors}`);
      const { value, error } = JSON.parse(line);
      if (error !== undefined) throw new Error(error);
      return value;
    },
    end: async () => {
      child.stdin.end();
      await exit;
      return errors;
    },
  };
}
