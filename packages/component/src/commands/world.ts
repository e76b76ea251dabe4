import type { Readable } from 'node:stream';

/** What a command has of the process around it. */
export interface World {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Writes a line for the reader of the results. */
  out(line: string): void;
  /** Writes a line about a problem. */
  err(line: string): void;
  /** Asks whoever sits there a question that is answered by yes or no; absent when nobody does. */
  ask?(question: string): Promise<boolean>;
  /** Asks for what nobody shall see; `undefined` when there is no answer. Absent when nobody sits there. */
  askSecret?(question: string): Promise<string | undefined>;
  /** Standard input. */
  readonly input: Readable;
  /**
   * Takes standard output for bytes that a program reads. Whatever else is written to it from then on, by
   * whomever, goes to standard error.
   * @returns writes bytes; rejects when they cannot be written
   */
  claimOutput(): (bytes: Uint8Array) => Promise<void>;
  /** Aborted when the process is asked to end. */
  readonly ending: AbortSignal;
}

/** What a command ends with: 0 all is well, 1 there is a problem, 2 it was called wrongly. */
export type ExitCode = 0 | 1 | 2;
