import type { Scene } from './scene.js';
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
  readonly scene: Scene;
  readonly round: number;
  /** Bytes of a copy as a member receives it. */
  readonly bytes: number;
  readonly messages: number;
  readonly deliveries: number;
  readonly deliveriesPerSecond: number;
  readonly cpu: CpuUse;
}
