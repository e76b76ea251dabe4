import { type Figures, type Goal, NO_FIGURES } from './figures.js';
import { measureScale, type ScaleOutcome } from './scale.js';
import { membersIn, type Scale } from './scale-seed.js';
import type { Budget, Scenario } from './scenario.js';
import { percentile, spreadOf } from './statistics.js';

/** A million members, most of them in small groups. */
const SCALE: Scale = {
  domain: 'groups.example.com',
  groups: 100_000,
  large: 112,
  membersOfLarge: 1_000,
  membersOfOthers: 9,
  users: 200_000,
};

const goal = (what: string, found: number, digits: number, most: number): Goal => ({
  what,
  wanted: `under ${most.toLocaleString('en-US')}`,
  found,
  digits,
  met: found < most,
});

const goalsOf = ({ starts, coldSmall, bytesPerGroup, bytesPerMember }: ScaleOutcome): Goal[] => [
  goal('start, ms', spreadOf(starts).median, 0, 2_000),
  goal('first message to a cold group, p99, ms', percentile(coldSmall, 0.99), 1, 10),
  goal('bytes of an idle group', bytesPerGroup, 0, 2_048),
  goal('bytes of a member of a loaded group', bytesPerMember, 0, 400),
];

async function run({ progress }: Budget): Promise<Figures> {
  const outcome = await measureScale({
    scale: SCALE,
    database: undefined,
    starts: 3,
    small: 300,
    large: 12,
    loaded: 10_000,
    progress,
  });
  const { starts, coldSmall, synced, warmSmall, coldLarge, warmLarge } = outcome;
  const row = (what: string, times: readonly number[]) => [
    what,
    ...[0.5, 0.99, 1].map((part) => percentile(times, part)),
  ];
  return {
    ...NO_FIGURES,
    goals: goalsOf(outcome),
    tables: [
      {
        title: `${SCALE.groups.toLocaleString('en-US')} groups with ${membersIn(SCALE).toLocaleString('en-US')} members in one SQLite file: milliseconds`,
        columns: [
          { title: '', digits: 0 },
          { title: 'p50', digits: 1 },
          { title: 'p99', digits: 1 },
          { title: 'worst', digits: 1 },
        ],
        rows: [
          row('start', starts),
          row('first message to a group of 9', coldSmall),
          row('a file of 40 KiB synced, once after each of these', synced),
          row('the next one', warmSmall),
          row('first message to a group of 1,000', coldLarge),
          row('the next one', warmLarge),
        ],
      },
      {
        title: 'Memory',
        columns: [
          { title: '', digits: 0 },
          { title: 'bytes', digits: 0 },
        ],
        rows: [
          ['an idle group, its members not counted', outcome.bytesPerGroup],
          ['a member of a loaded group', outcome.bytesPerMember],
          ['the process after its start', outcome.residentAtStart],
        ],
      },
    ],
    details: { outcome },
  };
}

export const processItself: Scenario = {
  name: 'scale',
  title: 'The process itself: 100,000 groups',
  compares: 'start, first message to a group, and memory with a million members in one file',
  seconds: 130,
  run,
};
