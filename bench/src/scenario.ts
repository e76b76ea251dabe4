import type { Figures } from './figures.js';

/** What a scenario gets from the suite. */
export interface Budget {
  /**
   * How many seconds the scenario may take, what it needs to start and stop its servers included. Who measures in rounds
   * begins none that would end behind it, but always one.
   */
  readonly seconds: number;
  /** A folder for CPU profiles. */
  readonly profile: string | undefined;
  /** What is being done, for people. */
  progress(text: string): void;
}

/** A part of the benchmark. The sentences about it are in `text/NAME.md`. */
export interface Scenario {
  /** Also the command: `npm run bench -- NAME`. */
  readonly name: string;
  readonly title: string;
  /** What is compared with what, in one line. */
  readonly compares: string;
  /** Its share of the time that the whole may take. */
  readonly seconds: number;
  run(budget: Budget): Promise<Figures>;
}
