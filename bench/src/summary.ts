import type { Measurement } from './results.js';
import { percentile, type Spread, spreadOf } from './statistics.js';
import type { Subject } from './subjects.js';

/** One subject with one number of members, over all rounds. */
export interface Summary {
  readonly subject: Subject;
  readonly members: number;
  readonly bytes: number;
  readonly messagesPerRound: number;
  readonly deliveriesPerSecond: Spread;
  /** Milliseconds, over the messages of all rounds together. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds per delivery. */
  readonly serverCpu: Spread;
  readonly componentCpu: Spread | undefined;
  readonly driverCpu: Spread;
}

/** How `subject` compares with `to`, round by round; more than 1 is better than `to`. */
export interface Ratio {
  readonly subject: Subject;
  readonly to: Subject;
  readonly members: number;
  /** Deliveries per second, divided by those of `to`. */
  readonly rate: Spread;
  /** Deliveries per processor time of server and component together: other work on the machine moves it less. */
  readonly efficiency: Spread;
}

const RATIOS: readonly (readonly [subject: Subject, to: Subject])[] = [
  ['multicast', 'floor-multicast'],
  ['splice', 'floor-splice'],
  ['multicast', 'muc-archived'],
  ['multicast', 'muc-long'],
  ['multicast', 'muc-short'],
  ['splice', 'muc-archived'],
  ['splice', 'muc-long'],
  ['splice', 'muc-short'],
  ['shim', 'muc-archived'],
  ['shim', 'muc-long'],
  ['shim', 'muc-short'],
  ['shim', 'multicast'],
];

const of = (all: readonly Measurement[], subject: Subject, members: number): Measurement[] =>
  all.filter((one) => one.subject === subject && one.members === members);

export function summarise(
  all: readonly Measurement[],
  subjects: readonly Subject[],
  members: number,
): Summary[] {
  return subjects.flatMap((subject) => {
    const some = of(all, subject, members);
    const [first] = some;
    if (first === undefined) return [];
    const latencies = some.flatMap((one) => one.latencies);
    const component = some.flatMap(({ cpu }) => (cpu.component === undefined ? [] : [cpu.component]));
    return {
      subject,
      members,
      bytes: first.bytes,
      messagesPerRound: first.messages,
      deliveriesPerSecond: spreadOf(some.map((one) => one.deliveriesPerSecond)),
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
      serverCpu: spreadOf(some.map(({ cpu }) => cpu.server)),
      componentCpu: component.length === 0 ? undefined : spreadOf(component),
      driverCpu: spreadOf(some.map(({ cpu }) => cpu.driver)),
    };
  });
}

/** Microseconds of processor time per delivery, without the driver's. */
const costOf = ({ cpu }: Measurement): number => cpu.server + (cpu.component ?? 0);

/** Ratios within a round: what slows the machine down for a while slows both sides. */
export function ratiosOf(all: readonly Measurement[], members: number): Ratio[] {
  return RATIOS.flatMap(([subject, to]) => {
    const others = of(all, to, members);
    const pairs = of(all, subject, members).flatMap((one) => {
      const other = others.find(({ round }) => round === one.round);
      return other === undefined ? [] : [{ one, other }];
    });
    if (pairs.length === 0) return [];
    const rate = spreadOf(pairs.map(({ one, other }) => one.deliveriesPerSecond / other.deliveriesPerSecond));
    const efficiency = spreadOf(pairs.map(({ one, other }) => costOf(other) / costOf(one)));
    return [{ subject, to, members, rate, efficiency }];
  });
}
