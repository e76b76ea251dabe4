import type { Measurement } from '../results.js';
import { type Scene, titleOf } from '../scene.js';
import { type Spread, spreadOf } from '../statistics.js';
import type { Subject } from '../subjects.js';

/** How a subject compares with another one, round by round; more than 1 is better than the other one. */
export interface Ratio {
  /** By copies a second. */
  readonly rate: Spread;
  /** By processor time of the server. */
  readonly server: Spread;
  /**
   * By processor time of server and component together: other work on the machine moves it less, and the driver, which
   * takes its part of the machine, is not in it.
   */
  readonly efficiency: Spread;
}

export const inScene = (
  all: readonly Measurement[],
  subject: Subject,
  scene: Scene,
): readonly Measurement[] =>
  all.filter((one) => one.subject === subject && titleOf(one.scene) === titleOf(scene));

/** Microseconds of processor time per delivery, without the driver's. */
export const costOf = ({ cpu }: Measurement): number => cpu.server + (cpu.component ?? 0);

/** Ratios within a round: what slows the machine down for a while slows both. `undefined` when one is missing. */
export function ratioOf(
  all: readonly Measurement[],
  scene: Scene,
  subject: Subject,
  to: Subject,
): Ratio | undefined {
  const others = inScene(all, to, scene);
  const pairs = inScene(all, subject, scene).flatMap((one) => {
    const other = others.find(({ round }) => round === one.round);
    return other === undefined ? [] : [{ one, other }];
  });
  if (pairs.length === 0) return undefined;
  return {
    rate: spreadOf(pairs.map(({ one, other }) => one.deliveriesPerSecond / other.deliveriesPerSecond)),
    server: spreadOf(pairs.map(({ one, other }) => other.cpu.server / one.cpu.server)),
    efficiency: spreadOf(pairs.map(({ one, other }) => costOf(other) / costOf(one))),
  };
}
