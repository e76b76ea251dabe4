import type { Figures } from '../figures.js';
import type { CpuUse } from '../results.js';
import type { Scene } from '../scene.js';
import { type Player, startStage } from '../stage.js';
import type { Subject } from '../subjects.js';

/** Messages that were archived and delivered to everybody. */
export interface PostsMeasurement {
  readonly subject: Subject;
  readonly scene: Scene;
  readonly round: number;
  readonly postsPerSecond: number;
  /** Microseconds of processor time per message. */
  readonly cpu: CpuUse;
}

/** A scene in which posts are measured. */
export interface PostsScene {
  readonly scene: Scene;
  readonly measurements: readonly PostsMeasurement[];
}

export const POSTS_SUBJECTS: readonly Subject[] = ['muc-archived', 'multicast', 'shim'];

/**
 * As few as there can be to listen, so that the archive is measured and not the delivery, of which fan-out tells: in a
 * room who writes listens, too. Enough is under way to keep everything busy.
 */
const SCENES: readonly Scene[] = [
  { members: 2, groups: 1, senders: 2 },
  { members: 2, groups: 20, senders: 2 },
];
const WINDOW = 200;

/** What a daemon has had before it is measured: until then Node compiles what runs often. */
const WARM_UP = 4_000;
const LEAD = 300;
const MESSAGES = 2_500;
const ROUNDS = 4;

const load = (messages: number) => ({ messages, window: WINDOW, pauseMs: 0 });

/** Real clients on ejabberd post into groups, and into rooms with an archive. */
export async function measurePosts(progress: (text: string) => void): Promise<{
  readonly scenes: readonly PostsScene[];
  readonly faults: readonly string[];
  readonly configurations: Figures['configurations'];
  readonly versions: readonly string[];
}> {
  const acts = SCENES.map((scene) => ({ scene, subjects: POSTS_SUBJECTS }));
  const { world, players, close } = await startStage(acts, undefined, progress);
  progress('posts, warming up');
  for (const { subject, scene, play } of players) {
    if (scene === SCENES[0] && subject !== 'muc-archived') await play(load(WARM_UP));
  }
  const measurements: PostsMeasurement[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    progress(`posts, round ${round}`);
    for (const player of players) measurements.push(await measureOne(player, round));
  }
  const faults = await close();
  return {
    scenes: SCENES.map((scene) => ({
      scene,
      measurements: measurements.filter((one) => one.scene === scene),
    })),
    faults,
    configurations: world.configurations,
    versions: [`mod_mam in ${world.archive}`],
  };
}

async function measureOne({ subject, scene, play, cpu }: Player, round: number): Promise<PostsMeasurement> {
  await play(load(LEAD));
  const before = cpu();
  const { seconds } = await play(load(MESSAGES));
  const after = cpu();
  const each = (from = 0, to = 0): number => (to - from) / MESSAGES;
  return {
    subject,
    scene,
    round,
    postsPerSecond: MESSAGES / seconds,
    cpu: {
      server: each(before.server, after.server),
      component: after.component === undefined ? undefined : each(before.component, after.component),
      driver: each(before.driver, after.driver),
    },
  };
}
