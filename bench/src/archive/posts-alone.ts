import { cpuMicroseconds } from '../cpu.js';
import { SOLO_DOMAIN, type SoloOptions, startSolo } from '../solo.js';

/** The daemon alone on its socket, and what it does with posts. */
export interface AloneMeasurement {
  readonly postsPerSecond: number;
  /** Microseconds of the daemon's processor time per message: read, decided, rendered, committed, sent and indexed. */
  readonly cpu: number;
  /** Messages that brought no echo. */
  readonly lost: number;
}

const GROUP = `posts@${SOLO_DOMAIN}`;
const MEMBERS = 2;
const WARM_UP = 6_000;
const MESSAGES = 12_000;
export const ALONE_WINDOW = 64;
const STALL_MS = 15_000;

export async function measurePostsAlone(profile: string | undefined): Promise<AloneMeasurement> {
  let echoed: () => void = () => undefined;
  const members = Array.from({ length: MEMBERS }, (_, place) => `user${place}@localhost`);
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
      void solo.post(GROUP, members[next % MEMBERS] ?? '', next);
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
  let lost = await send(WARM_UP);
  const before = cpuMicroseconds(solo.daemon.pid);
  const started = performance.now();
  lost += await send(MESSAGES);
  const seconds = (performance.now() - started) / 1000;
  const cpu = (cpuMicroseconds(solo.daemon.pid) - before) / MESSAGES;
  await solo.stop();
  return { postsPerSecond: MESSAGES / seconds, cpu, lost };
}
