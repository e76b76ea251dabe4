import { cpuMicroseconds } from './cpu.js';
import { insidePlanOf, planOf } from './floor-plan.js';
import { markOf } from './mark.js';
import { type Phase, type PhaseResult, startPhase } from './phase.js';
import type { CpuUse } from './results.js';
import { groupOf, indexOf, type Load, nameOf, placeOf, type Scene, senderOf, titleOf } from './scene.js';
import {
  addressOf,
  DAEMONS,
  type DaemonName,
  isDaemon,
  messageOf,
  type Subject,
  TITLES,
  wayOfFloor,
} from './subjects.js';
import { WARM_UP, warmUpOf } from './warm-up.js';
import { type Act, MULTICAST_SERVICE, startWorld, type World } from './world.js';

/** A subject in a scene, ready to be measured. */
export interface Player {
  readonly subject: Subject;
  readonly scene: Scene;
  /** Bytes of a copy. */
  readonly bytes: number;
  /** Sends messages and waits for all copies. */
  play(load: Load): Promise<PhaseResult>;
  /** Processor time in microseconds so far. */
  cpu(): CpuUse;
}

/** A world with everything in its place, and a book of what was sent. */
export interface Stage {
  readonly world: World;
  /** What is to be measured, by scenes, in the order of the acts. */
  readonly players: readonly Player[];
  /** Ends the world; resolves with everything that was lost, came twice or is not in its archive. */
  close(): Promise<string[]>;
}

/** A copy as it was received, and its mark. */
interface Captured {
  readonly copy: string;
  readonly mark: string;
  readonly bytes: number;
}

const ONE = { messages: 1, window: 1, pauseMs: 0 };

/**
 * Starts the world of some acts. Groups are measured as they are, messages of rooms get as many more characters as their
 * copies need to be as long, and floors send what groups send. All daemons are warm.
 * @param keepsForUsers whether the server keeps what users send and get for each of them, too
 */
export async function startStage(
  acts: readonly Act[],
  profile: string | undefined,
  progress: (text: string) => void,
  keepsForUsers = true,
): Promise<Stage> {
  let current: { phase: Phase; scene: Scene } | undefined;
  const warmUp = warmUpOf(acts);
  const world = await startWorld({
    acts: [...acts, warmUp],
    profile,
    keepsForUsers,
    progress,
    copied: (place, number) => {
      if (current === undefined) return;
      const { phase, scene } = current;
      phase.count(indexOf(scene, groupOf(scene, number), place), number);
    },
  });
  const faults: string[] = [];
  const sent = new Map<string, number>();
  let messages = 0;

  const play = async (
    subject: Subject,
    scene: Scene,
    padding: number,
    { messages: count, window, pauseMs }: Load,
  ): Promise<PhaseResult> => {
    const first = messages;
    messages += count;
    const sessions = world.sessionsFor(subject);
    const phase = startPhase({
      members: scene.members,
      first,
      messages: count,
      window,
      pauseMs,
      send: (number) => {
        const address = addressOf(subject, scene, groupOf(scene, number));
        sent.set(address, (sent.get(address) ?? 0) + 1);
        sessions[senderOf(scene, number)]?.write(messageOf(subject, scene, number, padding));
      },
    });
    current = { phase, scene };
    const result = await phase.done;
    const where = `${TITLES[subject]}, ${titleOf(scene)}`;
    if (result.missing > 0) {
      faults.push(`${where}: ${result.missing} of ${count * scene.members} copies did not come`);
    }
    if (result.repeated > 0)
      faults.push(`${where}: ${result.repeated} copies came that should not have come`);
    return result;
  };

  /** Sends one message and returns the copy of a member other than its sender, who gets an echo. */
  const capture = async (subject: Subject, scene: Scene): Promise<Captured> => {
    const number = messages;
    const mark = markOf(number);
    const group = groupOf(scene, number);
    const sender = indexOf(scene, group, senderOf(scene, number));
    const reader = world.sessionsFor(subject)[placeOf(scene, group, (sender + 1) % scene.members)];
    if (reader === undefined) throw new Error(`nobody is in ${nameOf(scene, group)}`);
    const got = reader.expect(new RegExp(`${mark}[\\s\\S]*?</message>`));
    const [text] = await Promise.all([got, play(subject, scene, 0, ONE)]);
    return copyIn(text, mark);
  };

  const players: Player[] = [];
  for (const { scene, subjects } of acts) {
    progress(`${titleOf(scene)}: looking at the copies`);
    const copies = new Map<DaemonName, Captured>();
    for (const way of DAEMONS) {
      if (subjects.includes(way)) copies.set(way, await capture(way, scene));
    }
    const [reference] = copies.values();
    if (reference === undefined) throw new Error('No group is measured beside the others.');
    for (const subject of subjects) {
      const way = wayOfFloor(subject);
      const prepare = way === undefined ? undefined : floorPlan(world, way, scene, copies.get(way));
      await prepare?.();
      const own = isDaemon(subject) ? copies.get(subject) : undefined;
      const { bytes } = own ?? (await capture(subject, scene));
      const padding = own === undefined && way === undefined ? Math.max(0, reference.bytes - bytes) : 0;
      players.push({
        subject,
        scene,
        bytes: bytes + padding,
        play: async (load) => {
          await prepare?.();
          return play(subject, scene, padding, load);
        },
        cpu: () => cpuOf(world, subject),
      });
    }
  }

  for (const way of warmUp.subjects) {
    progress(`warming up: ${TITLES[way]}`);
    await play(way, warmUp.scene, 0, WARM_UP);
  }

  return {
    world,
    players,
    close: async () => {
      progress('stopping, and counting the archives');
      for (const [address, archived] of await world.close()) {
        const expected = sent.get(address) ?? 0;
        if (archived !== expected) {
          faults.push(`${archived} of ${expected} messages to ${address} are in its archive`);
        }
      }
      return faults;
    },
  };
}

/** Lets the floor of a way send what the group of this way sends. */
function floorPlan(world: World, way: DaemonName, scene: Scene, captured: Captured | undefined) {
  const subject = `floor-${way}` as const;
  if (captured === undefined) throw new Error(`${subject} is measured beside ${way} only`);
  if (scene.groups > 1) throw new Error('a floor sends for one group');
  const members = world.sessionsFor(subject).slice(0, scene.members);
  const common = {
    ...captured,
    from: addressOf(subject, scene, 0),
    recipients: members.map(({ bare }) => bare),
  };
  if (way === 'shim') {
    world.planInside(insidePlanOf(common));
    return undefined;
  }
  const plan = planOf({ ...common, way, multicastService: MULTICAST_SERVICE });
  return async () => world.floor?.plan(plan);
}

/** Processor time in microseconds so far. */
function cpuOf(world: World, subject: Subject): CpuUse {
  const server = subject === 'prosody' ? world.prosody?.server.pid : world.server.pid;
  if (server === undefined) throw new Error('Prosody was not started.');
  const component = isDaemon(subject)
    ? world.daemon(subject).pid
    : subject === 'floor-multicast' || subject === 'floor-splice'
      ? world.floor?.pid
      : undefined;
  return {
    server: cpuMicroseconds(server),
    component: component === undefined ? undefined : cpuMicroseconds(component),
    driver: cpuMicroseconds(process.pid),
  };
}

function copyIn(text: string, mark: string): Captured {
  const copy = text.slice(
    text.lastIndexOf('<message ', text.indexOf(mark)),
    text.indexOf('</message>', text.indexOf(mark)) + '</message>'.length,
  );
  return { copy, mark, bytes: Buffer.byteLength(copy) };
}
