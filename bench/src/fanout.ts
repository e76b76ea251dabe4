import { cpuMicroseconds } from './cpu.js';
import { planOf } from './floor-plan.js';
import { markOf } from './mark.js';
import { type Phase, type PhaseResult, startPhase } from './phase.js';
import type { CpuUse, Fault, Measurement, Outcome } from './results.js';
import { addressOf, isMuc, messageOf, type Subject } from './subjects.js';
import { isDaemon, MULTICAST_SERVICE, startWorld, type World } from './world.js';

export interface FanoutOptions {
  readonly members: readonly number[];
  readonly subjects: readonly Subject[];
  readonly rounds: number;
  /** How many deliveries are measured for each subject and number of members in each round, at least. */
  readonly deliveries: number;
  /** How many deliveries may be under way. */
  readonly window: number;
  /** How many messages are sent one at a time in each round, for the latency. */
  readonly slow: number;
  readonly mam: boolean;
  readonly profile: string | undefined;
  progress(text: string): void;
}

/** Milliseconds between two messages at a low rate. */
const SLOW_PAUSE_MS = 20;
const MOST_SENDERS = 20;
/** At least so many messages are measured, so that one does not decide. */
const FEWEST_MESSAGES = 40;
const FEWEST_UNDER_WAY = 6;
/** Copies for each subject before anything counts: until then Node compiles what runs often. */
const WARM_UP = 20_000;

/** Measures everything side by side: in each round each subject once, for one number of members after another. */
export async function measureFanout(options: FanoutOptions): Promise<Outcome> {
  let phase: Phase | undefined;
  const world = await startWorld({ ...options, copied: (member, number) => phase?.count(member, number) });
  const measurements: Measurement[] = [];
  const faults: Fault[] = [];
  const sent = new Map<string, number>();
  let messages = 0;

  /** Sends messages of one subject and waits for all copies. */
  const run = async (
    subject: Subject,
    members: number,
    padding: number,
    count: number,
    window: number,
    pauseMs = 0,
  ): Promise<PhaseResult> => {
    const first = messages;
    messages += count;
    const address = addressOf(subject, members);
    sent.set(address, (sent.get(address) ?? 0) + count);
    phase = startPhase({
      members,
      first,
      messages: count,
      window,
      pauseMs,
      send: (number) =>
        world.sessions[senderOf(number, members)]?.write(messageOf(subject, members, number, padding)),
    });
    const result = await phase.done;
    const fault = (what: string) => faults.push({ subject, members, what });
    if (result.missing > 0) fault(`${result.missing} of ${count * members} copies did not come`);
    if (result.repeated > 0) fault(`${result.repeated} copies came that should not have come`);
    return result;
  };

  /** Sends one message and returns a member's copy of it. */
  const capture = async (subject: Subject, members: number, padding: number): Promise<Captured> => {
    const mark = markOf(messages);
    // Not the sender, who gets an echo instead.
    const reader = world.sessions[(senderOf(messages, members) + 1) % members];
    if (reader === undefined) throw new Error('nobody is there');
    const got = reader.expect(new RegExp(`${mark}[^]*?</message>`));
    const [text] = await Promise.all([got, run(subject, members, padding, 1, 1)]);
    return copyIn(text, mark);
  };

  const serverVersion = String(await world.server.api('status'));
  for (const members of options.members) {
    options.progress(`${members} members: looking at the copies`);
    const prepared = await prepare(world, options.subjects, members, capture);
    const window = Math.max(FEWEST_UNDER_WAY, Math.round(options.window / members));
    if (members === options.members[0]) {
      options.progress(`${members} members: warming up`);
      for (const { subject, padding, begin } of prepared) {
        await begin();
        await run(subject, members, padding, Math.ceil(WARM_UP / members), window);
      }
    }
    for (let round = 1; round <= options.rounds; round += 1) {
      options.progress(`${members} members, round ${round} of ${options.rounds}`);
      for (const { subject, padding, bytes, begin } of prepared) {
        await begin();
        const count = Math.max(FEWEST_MESSAGES, Math.ceil(options.deliveries / members));
        await run(subject, members, padding, Math.max(window, Math.ceil(count / 5)), window);
        const before = cpuOf(world, subject);
        const result = await run(subject, members, padding, count, window);
        const after = cpuOf(world, subject);
        const slow = await run(subject, members, padding, options.slow, 1, SLOW_PAUSE_MS);
        const deliveries = count * members;
        const each = (part: 'server' | 'driver') => (after[part] - before[part]) / deliveries;
        measurements.push({
          subject,
          members,
          round,
          bytes,
          messages: count,
          deliveries,
          deliveriesPerSecond: deliveries / result.seconds,
          cpu: {
            server: each('server'),
            component:
              after.component === undefined || before.component === undefined
                ? undefined
                : (after.component - before.component) / deliveries,
            driver: each('driver'),
          },
          latencies: slow.latencies,
        });
      }
    }
  }

  options.progress('stopping, and counting the archives');
  for (const [address, archived] of await world.close()) {
    const expected = sent.get(address) ?? 0;
    if (archived === expected) continue;
    for (const subject of options.subjects) {
      for (const members of options.members) {
        if (addressOf(subject, members) !== address) continue;
        faults.push({ subject, members, what: `${archived} of ${expected} messages are in the archive` });
      }
    }
  }
  const { archive, configuration } = world;
  return { measurements, faults, archive, configuration, serverVersion };
}

/** The place of the member who sends the message `number`: the senders are spread over all members. */
function senderOf(number: number, members: number): number {
  const senders = Math.min(MOST_SENDERS, members);
  return (number % senders) * Math.floor(members / senders);
}

/** Processor time in microseconds so far. */
function cpuOf(world: World, subject: Subject): CpuUse {
  return {
    server: cpuMicroseconds(world.server.pid),
    component: isMuc(subject) ? undefined : cpuMicroseconds(componentPid(world, subject)),
    driver: cpuMicroseconds(process.pid),
  };
}

const componentPid = (world: World, subject: Subject): number =>
  isDaemon(subject) ? world.daemons[subject].pid : world.floor.pid;

/** A copy as it was received, and its mark. */
interface Captured {
  readonly copy: string;
  readonly mark: string;
  readonly bytes: number;
}

function copyIn(text: string, mark: string): Captured {
  const copy = text.slice(
    text.lastIndexOf('<message ', text.indexOf(mark)),
    text.indexOf('</message>', text.indexOf(mark)) + '</message>'.length,
  );
  return { copy, mark, bytes: Buffer.byteLength(copy) };
}

/** A subject, ready to be measured. */
interface Prepared {
  readonly subject: Subject;
  readonly padding: number;
  readonly bytes: number;
  /** To be called before each measurement. */
  begin(): Promise<void>;
}

/** Finds out how long a group's copies are, makes those of rooms as long, and plans the floor. */
async function prepare(
  world: World,
  subjects: readonly Subject[],
  members: number,
  capture: (subject: Subject, members: number, padding: number) => Promise<Captured>,
): Promise<Prepared[]> {
  const copies = {
    multicast: await capture('multicast', members, 0),
    splice: await capture('splice', members, 0),
    shim: await capture('shim', members, 0),
  };
  const prepared: Prepared[] = [];
  for (const subject of subjects) {
    const nothing = async () => undefined;
    if (isDaemon(subject)) {
      prepared.push({ subject, padding: 0, bytes: copies[subject].bytes, begin: nothing });
    } else if (isMuc(subject)) {
      const { bytes } = await capture(subject, members, 0);
      const padding = subject === 'muc-short' ? 0 : Math.max(0, copies.multicast.bytes - bytes);
      prepared.push({ subject, padding, bytes: bytes + padding, begin: nothing });
    } else {
      const way = subject === 'floor-multicast' ? 'multicast' : 'splice';
      const plan = planOf({
        way,
        ...copies[way],
        from: addressOf(subject, members),
        recipients: world.sessions.slice(0, members).map(({ bare }) => bare),
        multicastService: MULTICAST_SERVICE,
      });
      await world.floor.plan(plan);
      const { bytes } = await capture(subject, members, 0);
      prepared.push({ subject, padding: 0, bytes, begin: () => world.floor.plan(plan) });
    }
  }
  return prepared;
}
