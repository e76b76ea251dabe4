import type { Load } from './scene.js';
import { DAEMONS } from './subjects.js';
import type { Act } from './world.js';

/** So many messages reach a daemon before anything counts: until then Node compiles what runs often. */
export const WARM_UP: Load = { messages: 2_000, window: 200, pauseMs: 0 };

/** A small group of each daemon that takes part: there many messages cost little. */
export const warmUpOf = (acts: readonly Act[]): Act => ({
  scene: { members: 5, groups: 1, senders: 1 },
  subjects: DAEMONS.filter((way) => acts.some(({ subjects }) => subjects.includes(way))),
});
