import type { Figures } from '../figures.js';
import type { CpuUse } from '../results.js';
import type { Scene } from '../scene.js';
import { type Player, startStage } from '../stage.js';
import type { Subject } from '../subjects.js';

/** Messages that were archived and delivered to everybody. */
export interface PostsMeasurement {
  readonly subject: Subject;
  readonly round: number;
  readonly postsPerSecond: number;
  /** Microseconds of processor time per message. */
  readonly cpu: CpuUse;
}

/** A scene in which posts are measured. */
export interface PostsScene {
  readonly scene: Scene;
  /** Whether the server keeps messages for its users as well. */
  readonly keepsForUsers: boolean;
  readonly measurements: readonly PostsMeasurement[];
}

export const POSTS_SUBJECTS: readonly Subject[] = ['muc-archived', 'multicast', 'shim'];

/**
 * As few as there can be to listen, so that the archive is measured and not the delivery, of which fan-out tells: in a
 * room who writes listens, too. Enough is under way to keep everything busy.
 */
const ONE: Scene = { members: 2, groups: 1, senders: 2 };
const MANY: Scene = { members: 2, groups: 20, senders: 2 };
const WINDOW = 200;

/** Until a daemon has had so many, Node compiles what runs often. */
const WARM_UP = 6_000;
const LEAD = 300;
const MESSAGES = 2_000;
const ROUNDS = 3;

const load = (messages: number) => ({ messages, window: WINDOW, pauseMs: 0 });

/** Real clients on ejabberd post into groups, and into rooms with an archive. */
export async function measurePosts(progress: (text: string) => void): Promise<{
  readonly scenes: readonly PostsScene[];
  readonly faults: readonly string[];
  readonly configurations: Figures['configurations'];
  readonly versions: readonly string[];
}> {
  const rooms = await measureIn([ONE, MANY], false, progress);
  const users = await measureIn([ONE], true, progress);
  return {
    scenes: [...rooms.scenes, ...users.scenes],
    faults: [...rooms.faults, ...users.faults],
    configurations: rooms.world.configurations,
    versions: [`mod_mam in ${rooms.world.archive}`],
  };
}

async function measureIn(scenes: readonly Scene[], keepsForUsers: boolean, progress: (text: string) => void) {
  const acts = scenes.map((scene) => ({ scene, subjects: POSTS_SUBJECTS }));
  const { world, players, close } = await startStage(acts, undefined, progress, keepsForUsers);
  progress('posts, warming up');
  for (const player of players) {
    if (player.scene === scenes[0])
      await player.play(load(player.subject === 'muc-archived' ? LEAD : WARM_UP));
  }
  const found = new Map(scenes.map((scene): [Scene, PostsMeasurement[]] => [scene, []]));
  for (let round = 1; round <= ROUNDS; round += 1) {
    progress(`posts, round ${round}`);
    for (const player of players) found.get(player.scene)?.push(await measureOne(player, round));
  }
  return {
    world,
    scenes: [...found].map(([scene, measurements]) => ({ scene, keepsForUsers, measurements })),
    faults: await close(),
  };
}

async function measureOne({ subject, play, cpu }: Player, round: number): Promise<PostsMeasurement> {
  await play(load(LEAD));
  const before = cpu();
  const { seconds } = await play(load(MESSAGES));
  const after = cpu();
  const each = (from = 0, to = 0): number => (to - from) / MESSAGES;
  return {
    subject,
    round,
    postsPerSecond: MESSAGES / seconds,
    cpu: {
      server: each(before.server, after.server),
      component: after.component === undefined ? undefined : each(before.component, after.component),
      driver: each(before.driver, after.driver),
    },
  };
}
