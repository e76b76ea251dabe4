import { cpuMicroseconds } from '../cpu.js';
import { SOLO_DOMAIN, startSolo } from '../solo.js';

/** What a message costs a daemon that has so many groups. */
export interface GroupsMeasurement {
  readonly groups: number;
  /** Microseconds of the daemon's processor time for a message to a group that is in memory. */
  readonly warm: number;
  /** The same for the first message to a group since the daemon started, which reads it from the disk; `undefined`: too few for that. */
  readonly cold: number | undefined;
  /** Messages that brought no echo. */
  readonly lost: number;
}

/** Messages go to so many of the groups, spread over all. */
const MOST_BUSY = 1_000;
const WARM_UP = 2_500;
const WARM_UP_GROUPS = 500;
const MESSAGES = 4_000;
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
      members: [ownerOf(place), ...['ann', 'ben'].map((name) => `${name}@localhost`)],
    })),
    profile,
    heard: ({ kind }) => {
      if (kind === 'echo') echoed();
    },
  });
  let number = 0;
  let lost = 0;

  /** Sends messages to groups, some at a time; resolves with the microseconds for each. */
  const send = async (messages: number, groupAt: (at: number) => number): Promise<number> => {
    const before = cpuMicroseconds(solo.daemon.pid);
    let left = messages;
    let begun = 0;
    const post = (): void => {
      if (begun === messages) return;
      const group = groupAt(begun);
      begun += 1;
      number += 1;
      void solo.post(groupName(group), ownerOf(group), number);
    };
    await new Promise<void>((resolve) => {
      let seen = left;
      const finish = (): void => {
        clearInterval(watch);
        lost += left;
        resolve();
      };
      const watch = setInterval(() => {
        if (left === seen) finish();
        seen = left;
      }, STALL_MS);
      echoed = () => {
        left -= 1;
        if (left === 0) finish();
        else post();
      };
      for (let first = 0; first < UNDER_WAY; first += 1) post();
    });
    return (cpuMicroseconds(solo.daemon.pid) - before) / messages;
  };

  // Every so manieth group is busy; until the first ones have been, Node compiles what runs often.
  const busy = Math.min(count, MOST_BUSY);
  const step = Math.floor(count / busy);
  const first = Math.min(busy, WARM_UP_GROUPS);
  await send(WARM_UP, (at) => (at % first) * step);
  const cold = busy > first ? await send(busy - first, (at) => (first + at) * step) : undefined;
  const warm = await send(MESSAGES, (at) => (at % busy) * step);
  await solo.stop();
  return { groups: count, warm, cold, lost };
}
