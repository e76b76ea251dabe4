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

/**
 * As few as there can be to listen, so that the archive is measured and not the delivery, of which fan-out tells. In a
 * room whoever writes listens, too.
 */
export const POSTS_SCENES: readonly Scene[] = [
  { members: 2, groups: 1, senders: 2 },
  { members: 2, groups: 20, senders: 2 },
  { members: 5, groups: 1, senders: 4 },
];
export const POSTS_SUBJECTS: readonly Subject[] = [
  'muc-plain',
  'muc-archived',
  'multicast',
  'splice',
  'shim',
];
/** Messages under way, enough to keep a room and a group busy. */
const WINDOW = 200;
const WARM_UP = 2_000;
const LEAD = 400;
const MESSAGES = 3_000;
const ROUNDS = 3;

/** Real clients on ejabberd post into groups, and into rooms with an archive. */
export async function measurePosts(
  profile: string | undefined,
  progress: (text: string) => void,
): Promise<{
  readonly measurements: readonly PostsMeasurement[];
  readonly faults: readonly string[];
  readonly configurations: Figures['configurations'];
  readonly versions: readonly string[];
}> {
  const acts = POSTS_SCENES.map((scene) => ({ scene, subjects: POSTS_SUBJECTS }));
  const stage = await startStage(acts, profile, progress);
  const measurements: PostsMeasurement[] = [];
  const { configurations, archive } = stage.world;
  const load = (messages: number) => ({ messages, window: WINDOW, pauseMs: 0 });
  progress('posts, warming up');
  for (const player of stage.players) await player.play(load(WARM_UP));
  for (let round = 1; round <= ROUNDS; round += 1) {
    progress(`posts, round ${round}`);
    for (const player of stage.players) {
      await player.play(load(LEAD));
      measurements.push(await measureOne(player, round));
    }
  }
  const faults = await stage.close();
  return { measurements, faults, configurations, versions: [`mod_mam in ${archive}`] };

  async function measureOne(player: Player, round: number): Promise<PostsMeasurement> {
    const before = player.cpu();
    const { seconds } = await player.play(load(MESSAGES));
    const after = player.cpu();
    const { subject, scene } = player;
    return {
      subject,
      scene,
      round,
      postsPerSecond: MESSAGES / seconds,
      cpu: {
        server: (after.server - before.server) / MESSAGES,
        component:
          after.component === undefined || before.component === undefined
            ? undefined
            : (after.component - before.component) / MESSAGES,
        driver: (after.driver - before.driver) / MESSAGES,
      },
    };
  }
}
