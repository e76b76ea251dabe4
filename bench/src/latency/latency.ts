import { type Figures, type Goal, NO_FIGURES, type Table } from '../figures.js';
import { roundsUntil } from '../rounds.js';
import type { Budget, Scenario } from '../scenario.js';
import { type Scene, titleOf } from '../scene.js';
import { startStage } from '../stage.js';
import { percentile } from '../statistics.js';
import { type Subject, TITLES } from '../subjects.js';

const SCENE: Scene = { members: 300, groups: 1, senders: 1 };
const SUBJECTS: readonly Subject[] = ['muc-plain', 'muc-archived', 'multicast', 'splice', 'shim'];
const PEER: Subject = 'muc-archived';
/** Milliseconds from the last copy of a message to the next message. */
const PAUSE_MS = 20;
/** For each subject in each round: short turns, so that what slows the machine down hits all alike. */
const MESSAGES = 40;
const MOST_ROUNDS = 10;
const WARM_UP = { messages: 60, window: 6, pauseMs: 0 };
const CLOSING_SECONDS = 6;

type Latencies = ReadonlyMap<Subject, readonly number[]>;

const at = (latencies: Latencies, subject: Subject, part: number): number =>
  percentile(latencies.get(subject) ?? [], part);

const tableOf = (latencies: Latencies): Table => ({
  title: `${titleOf(SCENE)}: milliseconds from sending to the last copy, one message at a time`,
  columns: [
    { title: '', digits: 0 },
    { title: 'messages', digits: 0 },
    { title: 'p50', digits: 1 },
    { title: 'p90', digits: 1 },
    { title: 'p99', digits: 1 },
    { title: 'worst', digits: 1 },
  ],
  rows: SUBJECTS.map((subject) => [
    TITLES[subject],
    latencies.get(subject)?.length ?? 0,
    ...[0.5, 0.9, 0.99, 1].map((part) => at(latencies, subject, part)),
  ]),
});

function goalsOf(latencies: Latencies): Goal[] {
  return (['shim', 'multicast'] as const).flatMap((subject) =>
    [0.5, 0.99].map((part) => {
      const found = at(latencies, subject, part) / at(latencies, PEER, part);
      return {
        what: `${TITLES[subject]} to ${TITLES[PEER]}, p${part * 100} of the last copy`,
        wanted: 'at most 1',
        found,
        digits: 2,
        met: found <= 1,
      };
    }),
  );
}

async function run({ seconds, profile, progress }: Budget): Promise<Figures> {
  const deadline = performance.now() + (seconds - CLOSING_SECONDS) * 1000;
  const { world, players, close } = await startStage(
    [{ scene: SCENE, subjects: SUBJECTS }],
    profile,
    progress,
  );
  for (const player of players) await player.play(WARM_UP);
  const latencies = new Map<Subject, number[]>(SUBJECTS.map((subject) => [subject, []]));
  await roundsUntil(deadline, MOST_ROUNDS, async (round) => {
    progress(`round ${round}`);
    for (const player of players) {
      const result = await player.play({ messages: MESSAGES, window: 1, pauseMs: PAUSE_MS });
      latencies.get(player.subject)?.push(...result.latencies);
    }
  });
  const faults = await close();
  return {
    ...NO_FIGURES,
    faults,
    configurations: world.configurations,
    goals: goalsOf(latencies),
    tables: [tableOf(latencies)],
    details: { latencies: [...latencies] },
  };
}

export const latency: Scenario = {
  name: 'latency',
  title: 'Latency at a low rate',
  compares: 'the time until the last of 300 members has a message, beside mod_muc',
  seconds: 75,
  run,
};
