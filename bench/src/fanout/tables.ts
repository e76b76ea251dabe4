import { atLeast, type Goal, type Table } from '../figures.js';
import type { Measurement } from '../results.js';
import { type Scene, titleOf } from '../scene.js';
import { spreadOf } from '../statistics.js';
import { SUBJECTS, type Subject, TITLES } from '../subjects.js';
import { inScene, ratioOf } from './ratios.js';

/** What each subject reached in a scene. */
export function sceneTable(all: readonly Measurement[], scene: Scene): Table {
  return {
    title: titleOf(scene),
    columns: [
      { title: '', digits: 0 },
      { title: 'bytes', digits: 0 },
      { title: 'copies/s', digits: 0 },
      { title: 'server us', digits: 0 },
      { title: 'component us', digits: 2 },
      { title: 'driver us', digits: 1 },
    ],
    rows: SUBJECTS.flatMap((subject) => {
      const some = inScene(all, subject, scene);
      const [first] = some;
      if (first === undefined) return [];
      const component = some.flatMap(({ cpu }) => (cpu.component === undefined ? [] : [cpu.component]));
      return [
        [
          TITLES[subject],
          first.bytes,
          spreadOf(some.map((one) => one.deliveriesPerSecond)),
          spreadOf(some.map(({ cpu }) => cpu.server)),
          component.length === 0 ? null : spreadOf(component),
          spreadOf(some.map(({ cpu }) => cpu.driver)).median,
        ],
      ];
    }),
  };
}

/** Something that a way of ours is to reach beside something else. */
export interface Aim {
  readonly subject: Subject;
  readonly to: Subject;
  readonly least: number;
}

export const AIMS: readonly Aim[] = [
  { subject: 'shim', to: 'muc-archived', least: 1 },
  { subject: 'multicast', to: 'muc-archived', least: 0.7 },
  { subject: 'shim', to: 'prosody', least: 3 },
  { subject: 'shim', to: 'mix', least: 3 },
  { subject: 'shim', to: 'floor-shim', least: 0.9 },
  { subject: 'multicast', to: 'floor-multicast', least: 0.9 },
  { subject: 'splice', to: 'floor-splice', least: 0.9 },
];

const PAIRS: readonly Pick<Aim, 'subject' | 'to'>[] = [
  ...AIMS,
  { subject: 'shim', to: 'muc-plain' },
  { subject: 'shim', to: 'multicast' },
  { subject: 'splice', to: 'muc-archived' },
];

/** How our ways compare with the others, in all scenes. */
export function ratioTable(all: readonly Measurement[], scenes: readonly Scene[]): Table {
  return {
    title: 'Ratios, each within a round (more than 1: better than the other)',
    columns: [
      { title: '', digits: 0 },
      { title: 'scene', digits: 0 },
      { title: 'by copies/s', digits: 2 },
      { title: "by the server's processor time", digits: 2 },
      { title: 'with the component', digits: 2 },
    ],
    rows: PAIRS.flatMap(({ subject, to }) =>
      scenes.flatMap((scene) => {
        const ratio = ratioOf(all, scene, subject, to);
        if (ratio === undefined) return [];
        const { rate, server, efficiency } = ratio;
        return [[`${TITLES[subject]} / ${TITLES[to]}`, titleOf(scene), rate, server, efficiency]];
      }),
    ),
  };
}

/** What the component itself may need for a copy, in microseconds. */
const COMPONENT_LIMITS: readonly (readonly [Subject, number])[] = [
  ['multicast', 1],
  ['shim', 1],
  ['splice', 2],
];

/** What the component needs for a copy in a scene: of many members, since each message costs something by itself. */
export function componentGoals(all: readonly Measurement[], scene: Scene): Goal[] {
  return COMPONENT_LIMITS.flatMap(([subject, most]) => {
    const used = inScene(all, subject, scene).flatMap(({ cpu }) => cpu.component ?? []);
    if (used.length === 0) return [];
    const found = spreadOf(used).median;
    return [
      {
        what: `${TITLES[subject]}: processor time of the component per copy, ${titleOf(scene)}, microseconds`,
        wanted: `under ${most}`,
        found,
        digits: 2,
        met: found < most,
      },
    ];
  });
}

/**
 * By both measures, since the driver of the benchmark and other work move the one, and not the other. What the component
 * itself takes has goals of its own; with it the table of ratios has a column.
 */
export function goalsOf(all: readonly Measurement[], scenes: readonly Scene[], aims: readonly Aim[]): Goal[] {
  return aims.flatMap(({ subject, to, least }) =>
    scenes.flatMap((scene) => {
      const ratio = ratioOf(all, scene, subject, to);
      if (ratio === undefined) return [];
      const goal = (what: string, found: number): Goal => ({
        what: `${TITLES[subject]} to ${TITLES[to]}, ${titleOf(scene)}, ${what}`,
        wanted: `at least ${least}`,
        found,
        digits: 2,
        met: atLeast(found, least, 2),
      });
      return [
        goal('copies/s', ratio.rate.median),
        goal('processor time of the server per copy', ratio.server.median),
      ];
    }),
  );
}
