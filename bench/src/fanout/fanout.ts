import type { Figures } from '../figures.js';
import { NO_FIGURES } from '../figures.js';
import type { Budget, Scenario } from '../scenario.js';
import type { Subject } from '../subjects.js';
import type { Act } from '../world.js';
import { measure } from './measure.js';
import { AIMS, goalsOf, ratioTable, sceneTable } from './tables.js';

const OURS: readonly Subject[] = ['multicast', 'splice', 'shim'];
const FLOORS: readonly Subject[] = ['floor-multicast', 'floor-splice', 'floor-shim'];
const ROOMS: readonly Subject[] = ['muc-plain', 'muc-archived'];

/** mod_mix and Prosody need most of the time: they come with the smaller groups only. */
const ACTS: readonly Act[] = [
  {
    scene: { members: 50, groups: 1, senders: 1 },
    subjects: [...ROOMS, 'mix', 'prosody', ...OURS, ...FLOORS],
  },
  {
    scene: { members: 300, groups: 1, senders: 1 },
    subjects: [...ROOMS, 'mix', 'prosody', ...OURS, ...FLOORS],
  },
  { scene: { members: 300, groups: 1, senders: 50 }, subjects: [...ROOMS, ...OURS] },
  { scene: { members: 1000, groups: 1, senders: 1 }, subjects: [...ROOMS, ...OURS, ...FLOORS] },
  { scene: { members: 30, groups: 100, senders: 1 }, subjects: ['muc-archived', 'multicast', 'shim'] },
];

async function run(budget: Budget): Promise<Figures> {
  const found = await measure({ acts: ACTS, deliveries: 12_000, mostRounds: 5, closing: 20 }, budget);
  const scenes = ACTS.map(({ scene }) => scene);
  const { measurements, faults, world, versions, rounds } = found;
  return {
    ...NO_FIGURES,
    versions: [...versions, `${rounds} rounds`],
    faults: [...faults],
    configurations: world.configurations,
    goals: goalsOf(measurements, scenes, AIMS),
    tables: [...scenes.map((scene) => sceneTable(measurements, scene)), ratioTable(measurements, scenes)],
    details: { measurements },
  };
}

export const fanout: Scenario = {
  name: 'fanout',
  title: 'Fan-out: one message to many',
  compares: 'groups by three ways beside mod_muc, mod_mix, Prosody, and beside components that do nothing',
  seconds: 260,
  run,
};
