import type { Figures } from '../figures.js';
import { SOLO_DOMAIN, type SoloOptions, startSolo } from '../solo.js';
import { startStage } from '../stage.js';
import type { Subject } from '../subjects.js';

/** Messages that were archived and delivered to everybody, for each second. */
export interface PostsMeasurement {
  readonly subject: Subject;
  readonly round: number;
  readonly postsPerSecond: number;
}

const SCENE = { members: 5, groups: 1, senders: 4 };
const SUBJECTS: readonly Subject[] = ['muc-archived', 'multicast', 'splice', 'shim'];
/** Messages under way: each of the senders has ten. */
const WINDOW = 40;
const WARM_UP = 300;
const MESSAGES = 1_500;
const ROUNDS = 3;

/** Real clients on ejabberd post into a group, and into a room with an archive. */
export async function measurePosts(progress: (text: string) => void): Promise<{
  readonly measurements: readonly PostsMeasurement[];
  readonly faults: readonly string[];
  readonly configurations: Figures['configurations'];
  readonly versions: readonly string[];
}> {
  const stage = await startStage([{ scene: SCENE, subjects: SUBJECTS }], undefined, progress);
  const measurements: PostsMeasurement[] = [];
  const { configurations, archive } = stage.world;
  for (let round = 1; round <= ROUNDS; round += 1) {
    progress(`posts, round ${round}`);
    for (const { subject, play } of stage.players) {
      await play({ messages: WARM_UP, window: WINDOW, pauseMs: 0 });
      const { seconds } = await play({ messages: MESSAGES, window: WINDOW, pauseMs: 0 });
      measurements.push({ subject, round, postsPerSecond: MESSAGES / seconds });
    }
  }
  const faults = await stage.close();
  return { measurements, faults, configurations, versions: [`mod_mam in ${archive}`] };
}

const GROUP = `posts@${SOLO_DOMAIN}`;
const ALONE_MESSAGES = 8_000;
const ALONE_WINDOW = 64;
const STALL_MS = 15_000;

/** The same with the daemon alone on its socket: posts per second, and how many brought no echo. */
export async function measurePostsAlone(
  profile: string | undefined,
): Promise<{ readonly postsPerSecond: number; readonly lost: number }> {
  let echoed: () => void = () => undefined;
  const members = Array.from({ length: SCENE.members }, (_, place) => `user${place}@localhost`);
  const heard: SoloOptions['heard'] = ({ kind }) => {
    if (kind === 'echo') echoed();
  };
  const solo = await startSolo({ groups: [{ jid: GROUP, members }], profile, heard });
  let next = 0;
  const send = async (messages: number): Promise<number> => {
    let begun = 0;
    let left = messages;
    const post = (): void => {
      if (begun === messages) return;
      begun += 1;
      void solo.post(GROUP, members[next % SCENE.senders] ?? '', next);
      next += 1;
    };
    await new Promise<void>((resolve) => {
      let seen = -1;
      const watch = setInterval(() => {
        if (left === seen) finish();
        seen = left;
      }, STALL_MS);
      const finish = (): void => {
        clearInterval(watch);
        resolve();
      };
      echoed = () => {
        left -= 1;
        if (left === 0) finish();
        else post();
      };
      for (let first = 0; first < ALONE_WINDOW; first += 1) post();
    });
    return left;
  };
  let lost = await send(2_000);
  const started = performance.now();
  lost += await send(ALONE_MESSAGES);
  const seconds = (performance.now() - started) / 1000;
  await solo.stop();
  return { postsPerSecond: ALONE_MESSAGES / seconds, lost };
}
