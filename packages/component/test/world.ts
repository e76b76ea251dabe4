import { Readable } from 'node:stream';
import type { World } from '../src/commands/world.js';

/** A process that remembers what was written. */
export interface RecordedWorld extends World {
  readonly output: readonly string[];
  readonly errors: readonly string[];
  /** What was written to standard output after it was claimed. */
  readonly answers: readonly Uint8Array[];
  /** Asks the process to end. */
  end(): void;
}

export function worldWith(
  environment: Record<string, string>,
  input: Readable = Readable.from([]),
): RecordedWorld {
  const ending = new AbortController();
  const output: string[] = [];
  const errors: string[] = [];
  const answers: Uint8Array[] = [];
  return {
    environment,
    output,
    errors,
    answers,
    input,
    out: (line) => output.push(line),
    err: (line) => errors.push(line),
    claimOutput: () => async (bytes) => void answers.push(bytes),
    ending: ending.signal,
    end: () => ending.abort(),
  };
}
