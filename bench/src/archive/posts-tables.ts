import type { Cell, Goal, Table } from '../figures.js';
import { titleOf } from '../scene.js';
import { spreadOf } from '../statistics.js';
import { type Subject, TITLES } from '../subjects.js';
import { POSTS_SUBJECTS, type PostsMeasurement, type PostsScene } from './posts.js';
import { ALONE_WINDOW, type AloneMeasurement } from './posts-alone.js';

const WANTED = { posts: 3, postUs: 150 };

const column = (title: string, digits: number) => ({ title, digits });

const postsOf = ({ measurements }: PostsScene, subject: Subject) =>
  measurements.filter((one) => one.subject === subject);

/** How much better than an archived room, round by round; each measurement is seen as `worth`, where more is better. */
const besideRoom = (scene: PostsScene, subject: Subject, worth: (one: PostsMeasurement) => number) => {
  const rooms = postsOf(scene, 'muc-archived');
  return spreadOf(
    postsOf(scene, subject).flatMap((one) =>
      rooms.filter(({ round }) => round === one.round).map((room) => worth(one) / worth(room)),
    ),
  );
};

const rateOf = ({ postsPerSecond }: PostsMeasurement): number => postsPerSecond;
const thriftOf = ({ cpu }: PostsMeasurement): number => 1 / (cpu.server + (cpu.component ?? 0));

const postsTitle = ({ scene, keepsForUsers }: PostsScene): string =>
  `${titleOf(scene)}${keepsForUsers ? ', and archives of users' : ''}`;

/** What a room and groups took in a scene. */
export const postsTable = (scene: PostsScene): Table => ({
  title: `Messages into the archive: ${postsTitle(scene)}`,
  columns: [
    column('', 0),
    column('a second', 0),
    column('to mod_muc, archived', 2),
    column('by processor time', 2),
    column('server us', 0),
    column('component us', 0),
    column('driver us', 0),
  ],
  rows: POSTS_SUBJECTS.map((subject): Cell[] => {
    const some = postsOf(scene, subject);
    const component = some.flatMap(({ cpu }) => (cpu.component === undefined ? [] : [cpu.component]));
    return [
      TITLES[subject],
      spreadOf(some.map(rateOf)),
      besideRoom(scene, subject, rateOf),
      besideRoom(scene, subject, thriftOf).median,
      spreadOf(some.map(({ cpu }) => cpu.server)).median,
      component.length === 0 ? null : spreadOf(component).median,
      spreadOf(some.map(({ cpu }) => cpu.driver)).median,
    ];
  }),
});

/** The same without a server. */
export const aloneTable = ({ postsPerSecond, cpu }: AloneMeasurement): Table => ({
  title: `The component alone on its socket, ${ALONE_WINDOW} messages under way`,
  columns: [column('', 0), column('messages/s', 0), column('component us', 0)],
  rows: [['groups, by splice', postsPerSecond, cpu]],
});

/** What is to be reached: beside rooms in servers that keep nothing for users: of what is written to rooms they never do. */
export const postsGoals = (scenes: readonly PostsScene[], alone: AloneMeasurement): readonly Goal[] => [
  ...scenes
    .filter(({ keepsForUsers }) => !keepsForUsers)
    .map((scene): Goal => {
      const found = besideRoom(scene, 'shim', rateOf).median;
      return {
        what: `groups, inside ejabberd to mod_muc, archived, messages a second, ${titleOf(scene.scene)}`,
        wanted: `at least ${WANTED.posts}`,
        found,
        digits: 2,
        met: found >= WANTED.posts,
      };
    }),
  {
    what: `a message read, decided, rendered, committed and sent, ${ALONE_WINDOW} under way, processor time of the component`,
    wanted: `at most ${WANTED.postUs} us`,
    found: alone.cpu,
    digits: 0,
    met: alone.cpu <= WANTED.postUs,
  },
];
