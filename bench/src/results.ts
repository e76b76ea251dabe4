import type { Subject } from './subjects.js';

/** Microseconds of processor time per delivery. */
export interface CpuUse {
  readonly server: number;
  /** `undefined` where no component takes part. */
  readonly component: number | undefined;
  /** Of the benchmark itself: sending, receiving and counting. */
  readonly driver: number;
}

/** One subject in one round. */
export interface Measurement {
  readonly subject: Subject;
  readonly members: number;
  readonly round: number;
  /** Bytes of a copy as a member receives it. */
  readonly bytes: number;
  readonly messages: number;
  readonly deliveries: number;
  readonly deliveriesPerSecond: number;
  readonly cpu: CpuUse;
  /** Milliseconds from sending to the last copy, one message at a time. */
  readonly latencies: readonly number[];
}

/** Copies or archived messages that are missing or too many. */
export interface Fault {
  readonly subject: Subject;
  readonly members: number;
  readonly what: string;
}

export interface Outcome {
  readonly measurements: readonly Measurement[];
  readonly faults: readonly Fault[];
  readonly archive: string;
  /** ejabberd.yml as it was read. */
  readonly configuration: string;
  readonly serverVersion: string;
}
