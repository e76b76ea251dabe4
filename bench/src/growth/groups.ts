import { cpuMicroseconds } from '../cpu.js';
import { SOLO_DOMAIN, startSolo } from '../solo.js';

/** What a message costs a daemon that has so many groups. */
export interface GroupsMeasurement {
  readonly groups: number;
  /** Microseconds of the daemon's processor time for a message to a group that is in memory. */
  readonly warm: number;
  /** The same for the first message to a group since the daemon started, which reads it from the disk. */
  readonly cold: number;
  /** Messages that brought no echo. */
  readonly lost: number;
}

const MEMBERS = 3;
/** Messages go to so many of the groups, spread over all. */
const MOST_BUSY = 1_000;
const WARM_MESSAGES = 4_000;
const UNDER_WAY = 64;
const STALL_MS = 15_000;

const groupName = (place: number): string => `group-${String(place).padStart(6, '0')}@${SOLO_DOMAIN}`;
const ownerOf = (place: number): string => `owner${String(place % 1000).padStart(4, '0')}@localhost`;

/** Starts a daemon with so many groups of three members, and sends it messages. */
export async function measureGroups(count: number, profile: string | undefined): Promise<GroupsMeasurement> {
  let echoed: () => void = () => undefined;
  const solo = await startSolo({
    groups: Array.from({ length: count }, (_, place) => ({
      jid: groupName(place),
      members: [ownerOf(place), ...['ann', 'ben'].slice(0, MEMBERS - 1).map((name) => `${name}@localhost`)],
    })),
    profile,
    heard: ({ kind }) => {
      if (kind === 'echo') echoed();
    },
  });
  const busy = Math.min(count, MOST_BUSY);
  const place = (number: number): number => (number % busy) * Math.floor(count / busy);
  let next = 0;
  let lost = 0;

  /** Sends so many messages, some at a time; resolves with the microseconds for each. */
  const send = async (messages: number): Promise<number> => {
    const before = cpuMicroseconds(solo.daemon.pid);
    let left = messages;
    let begun = 0;
    const post = (): void => {
      if (begun === messages) return;
      const at = place(next);
      void solo.post(groupName(at), ownerOf(at), next);
      begun += 1;
      next += 1;
    };
    await new Promise<void>((resolve) => {
      let seen = left;
      const watch = setInterval(() => {
        if (left === seen) finish();
        seen = left;
      }, STALL_MS);
      const finish = (): void => {
        clearInterval(watch);
        lost += left;
        resolve();
      };
      echoed = () => {
        left -= 1;
        if (left === 0) finish();
        else post();
      };
      for (let first = 0; first < UNDER_WAY; first += 1) post();
    });
    return (cpuMicroseconds(solo.daemon.pid) - before) / messages;
  };

  // Until then Node compiles what runs often; these groups are not counted as cold.
  const start = Math.min(busy, 500);
  for (let warm = 0; warm < 2_000; warm += start) {
    next = 0;
    await sendRenumbered(warm, start);
  }
  async function sendRenumbered(_offset: number, messages: number): Promise<void> {
    await send(messages);
  }
  const cold = busy > start ? await send(busy - start) : Number.NaN;
  const warm = await send(WARM_MESSAGES);
  await solo.stop();
  return { groups: count, warm, cold, lost };
}
