import { type Figures, type Goal, NO_FIGURES, type Table } from '../figures.js';
import type { Budget, Scenario } from '../scenario.js';
import { percentile } from '../statistics.js';
import { flood, largeGroup, stalledServer, type Trial } from './trials.js';

/** What a daemon may need at most while it is burdened, in MiB. */
const MOST_MEMORY = 512;
const CONDITION = 'resource-constraint';

const tableOf = (trials: readonly Trial[]): Table => ({
  title: '',
  columns: [
    { title: '', digits: 0 },
    { title: 'messages', digits: 0 },
    { title: 'taken', digits: 0 },
    { title: 'refused', digits: 0 },
    { title: 'MiB before', digits: 0 },
    { title: 'MiB at most', digits: 0 },
    { title: 'MiB after', digits: 0 },
    { title: 'quiet group p50 / p99 ms', digits: 0 },
    { title: 'meanwhile p50 / p99 ms', digits: 0 },
  ],
  rows: trials.map(({ title, messages, echoed, refused, memory, quiet }) => [
    title,
    messages,
    echoed,
    [...refused].map(([condition, count]) => `${count} ${condition}`).join(', '),
    memory.before,
    memory.most,
    memory.after,
    spans(quiet.before),
    spans(quiet.during),
  ]),
});

const spans = (times: readonly number[]): string =>
  [0.5, 0.99].map((part) => percentile(times, part).toFixed(1)).join(' / ');

const goalsOf = (trials: readonly Trial[]): Goal[] =>
  trials.map(({ title, memory }) => ({
    what: `${title}: memory of the daemon, MiB`,
    wanted: `at most ${MOST_MEMORY}`,
    found: memory.most,
    digits: 0,
    met: memory.most <= MOST_MEMORY,
  }));

/** A refusal for any other reason is a fault: the sender would not try again. */
const wrongRefusals = ({ title, refused }: Trial): string[] =>
  [...refused]
    .filter(([condition]) => condition !== CONDITION)
    .map(([condition, count]) => `${title}: ${count} messages were refused with ${condition}`);

async function run({ profile, progress }: Budget): Promise<Figures> {
  const trials: Trial[] = [];
  for (const one of [flood, stalledServer, largeGroup]) {
    progress(one.name);
    trials.push(await one(profile));
  }
  return {
    ...NO_FIGURES,
    faults: trials.flatMap((trial) => [...trial.faults, ...wrongRefusals(trial)]),
    goals: goalsOf(trials),
    tables: [tableOf(trials)],
    details: { trials: trials.map((trial) => ({ ...trial, refused: [...trial.refused] })) },
  };
}

export const burst: Scenario = {
  name: 'burst',
  title: 'Bursts and back-pressure',
  compares: 'a flood, a server that stops reading, a group of 50,000: memory, losses, and how others fare',
  seconds: 80,
  run,
};
