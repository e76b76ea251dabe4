import type { World } from '../src/commands/world.js';

/** A process that remembers what was written. */
export interface RecordedWorld extends World {
  readonly output: readonly string[];
  readonly errors: readonly string[];
  /** Asks the process to end. */
  end(): void;
}

export function worldWith(environment: Record<string, string>): RecordedWorld {
  const ending = new AbortController();
  const output: string[] = [];
  const errors: string[] = [];
  return {
    environment,
    output,
    errors,
    out: (line) => output.push(line),
    err: (line) => errors.push(line),
    ending: ending.signal,
    end: () => ending.abort(),
  };
}
