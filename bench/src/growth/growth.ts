import { measure } from '../fanout/measure.js';
import { costOf, inScene } from '../fanout/ratios.js';
import { componentGoals, goalsOf, sceneTable } from '../fanout/tables.js';
import { type Chart, type Figures, type Goal, NO_FIGURES, type Table } from '../figures.js';
import type { Measurement } from '../results.js';
import type { Budget, Scenario } from '../scenario.js';
import type { Scene } from '../scene.js';
import { spreadOf } from '../statistics.js';
import { type Subject, TITLES } from '../subjects.js';
import { type GroupsMeasurement, measureGroups } from './groups.js';

const SUBJECTS: readonly Subject[] = ['muc-archived', 'multicast', 'shim'];
const SCENES: readonly Scene[] = [50, 300, 1000, 5000].map((members) => ({ members, groups: 1, senders: 1 }));
const GROUPS = [10, 100, 1_000, 10_000, 100_000];
/** What growing groups may cost more: the spread between two measurements of the same is as large. */
const FLAT = 1.25;
const FLEET_SECONDS = 120;

const medianCost = (all: readonly Measurement[], subject: Subject, scene: Scene): number =>
  spreadOf(inScene(all, subject, scene).map(costOf)).median;

function deliveryChart(all: readonly Measurement[]): Chart {
  return {
    name: 'cost-by-members',
    title: 'What a copy costs in groups of growing size',
    x: { title: 'members', logarithmic: true },
    y: { title: 'microseconds of processor time per copy, server and component', logarithmic: false },
    series: SUBJECTS.map((subject) => ({
      name: TITLES[subject],
      points: SCENES.map((scene) => [scene.members, medianCost(all, subject, scene)]),
    })),
  };
}

function groupsChart(all: readonly GroupsMeasurement[]): Chart {
  return {
    name: 'cost-by-groups',
    title: 'What a message costs a daemon with many groups',
    x: { title: 'groups', logarithmic: true },
    y: { title: "microseconds of the daemon's processor time per message", logarithmic: false },
    series: [
      { name: 'groups in memory', points: all.map(({ groups, warm }) => [groups, warm]) },
      {
        name: 'the first message to a group',
        points: all.flatMap(({ groups, cold }) => (cold === undefined ? [] : [[groups, cold]])),
      },
    ],
  };
}

const groupsTable = (all: readonly GroupsMeasurement[]): Table => ({
  title: 'The daemon alone, by the number of its groups: microseconds of its processor time per message',
  columns: [
    { title: 'groups', digits: 0 },
    { title: 'in memory', digits: 0 },
    { title: 'first message', digits: 0 },
  ],
  rows: all.map(({ groups, warm, cold }) => [groups.toLocaleString('en-US'), warm, cold ?? null]),
});

const flat = (what: string, found: number): Goal => ({
  what,
  wanted: `flat (at most ${FLAT})`,
  found,
  digits: 2,
  met: found <= FLAT,
});

async function run(budget: Budget): Promise<Figures> {
  const { measurements, faults, world, versions } = await measure(
    {
      acts: SCENES.map((scene) => ({ scene, subjects: SUBJECTS })),
      deliveries: 20_000,
      mostRounds: 3,
      closing: FLEET_SECONDS,
    },
    budget,
  );
  const fleets: GroupsMeasurement[] = [];
  for (const groups of GROUPS) {
    budget.progress(`${groups} groups`);
    fleets.push(await measureGroups(groups, budget.profile));
  }
  const [smallest, largest] = [SCENES[0], SCENES.at(-1)];
  const [fewest, most] = [fleets[0], fleets.at(-1)];
  if (smallest === undefined || largest === undefined || fewest === undefined || most === undefined) {
    throw new Error('nothing was measured');
  }
  const rise = (subject: Subject): number =>
    medianCost(measurements, subject, largest) / medianCost(measurements, subject, smallest);
  return {
    ...NO_FIGURES,
    versions: [...versions],
    faults: [
      ...faults,
      ...fleets
        .filter(({ lost }) => lost > 0)
        .map(({ groups, lost }) => `${groups} groups: ${lost} messages brought no echo`),
    ],
    configurations: world.configurations,
    goals: [
      ...goalsOf(measurements, [largest], [{ subject: 'shim', to: 'muc-archived', least: 1 }]),
      ...componentGoals(measurements, largest),
      ...(['shim', 'multicast'] as const).map((subject) =>
        flat(`${TITLES[subject]}: cost of a copy with 5,000 members to that with 50`, rise(subject)),
      ),
      flat('cost of a message with 100,000 groups to that with 10', most.warm / fewest.warm),
    ],
    tables: [...SCENES.map((scene) => sceneTable(measurements, scene)), groupsTable(fleets)],
    charts: [deliveryChart(measurements), groupsChart(fleets)],
    details: { measurements, fleets },
  };
}

export const growth: Scenario = {
  name: 'growth',
  title: 'Growth: larger groups, and more of them',
  compares: 'a copy in groups of 50 to 5,000 members, a message with 10 to 100,000 groups',
  seconds: 190,
  run,
};
