import { fileURLToPath } from 'node:url';
import { type Cell, type Figures, type Goal, NO_FIGURES, type Table } from '../figures.js';
import type { Budget, Scenario } from '../scenario.js';
import { type LargeArchive, largeArchive } from './build.js';
import { type CatchUpMeasurement, measureCatchUp } from './catch-up.js';
import { startArchiveDaemon } from './daemon.js';
import { kindsIn } from './kinds.js';
import { type KindMeasurement, measurePages, type PagesMeasurement } from './pages.js';
import { measurePosts, type PostsScene } from './posts.js';
import { type AloneMeasurement, measurePostsAlone } from './posts-alone.js';
import { aloneTable, postsGoals, postsTable } from './posts-tables.js';
import { randomFrom } from './vocabulary.js';

const MESSAGES = 10_000_000;
const FILE = fileURLToPath(new URL('../../.cache/archive.db', import.meta.url));

const WANTED = { pageMs: 5, searchMs: 50, live: 2 };

async function pagesOf(archive: LargeArchive, { profile, progress }: Budget): Promise<PagesMeasurement> {
  const daemon = await startArchiveDaemon({
    storageUrl: `sqlite:${archive.file}`,
    profile: profile && `${profile}/pages.cpuprofile`,
  });
  try {
    return await measurePages(daemon, {
      file: archive.file,
      kinds: kindsIn(archive, randomFrom(7)),
      pages: 500,
      searches: 100,
      cold: 8,
      deadline: performance.now() + 90_000,
      progress,
    });
  } finally {
    await daemon.stop();
  }
}

const column = (title: string, digits: number) => ({ title, digits });

const pagesTable = (kinds: readonly KindMeasurement[], isSearch: boolean): Table => ({
  title: isSearch
    ? 'Pages of 50 that hold a text, in milliseconds on the socket of the component'
    : 'Pages of 50, in milliseconds on the socket of the component',
  columns: [
    column('asked for', 0),
    column('first byte p50', 1),
    column('p50', 1),
    column('p99', 1),
    column('longest', 1),
    column('cold p50', 1),
    column('cold longest', 1),
  ],
  rows: kinds
    .filter((kind) => kind.isSearch === isSearch)
    .map(({ name, firstByteP50, p50, p99, longest, cold }): Cell[] => [
      name,
      firstByteP50,
      p50,
      p99,
      longest,
      cold?.p50 ?? null,
      cold?.longest ?? null,
    ]),
});

/** No page can take less. */
const nothingTable = ({ p50, p99 }: PagesMeasurement['nothing']): Table => ({
  title:
    'A request that is not understood, one after each page, in milliseconds on the socket of the component',
  columns: [column('', 0), column('p50', 1), column('p99', 1)],
  rows: [['the error', p50, p99]],
});

const catchUpTable = (found: CatchUpMeasurement): Table => ({
  title: `Live messages while ${found.clients} clients read ${found.archived} messages each, in milliseconds to the last copy`,
  columns: [column('', 0), column('p50', 1), column('p99', 1)],
  rows: [
    ['before', found.before.p50, found.before.p99],
    [`meanwhile (${Math.round(found.pagesPerSecond)} pages per second)`, found.during.p50, found.during.p99],
  ],
});

function goalsOf(
  kinds: readonly KindMeasurement[],
  posts: readonly PostsScene[],
  alone: AloneMeasurement,
  catchUp: CatchUpMeasurement,
): Goal[] {
  const worst = (isSearch: boolean) =>
    kinds
      .filter((kind) => kind.isSearch === isSearch)
      .reduce((one, other) => (other.p99 > one.p99 ? other : one));
  const [page, search] = [worst(false), worst(true)];
  const most = (ratio: number) => `at most ${ratio}`;
  const live = catchUp.during.p99 / catchUp.before.p99;
  return [
    {
      what: `a page of 50 out of 10 million messages, p99, the slowest kind (${page.name})`,
      wanted: `${most(WANTED.pageMs)} ms`,
      found: page.p99,
      digits: 1,
      met: page.p99 <= WANTED.pageMs,
    },
    {
      what: `a search in 8 million messages, p99, the slowest kind (${search.name})`,
      wanted: `${most(WANTED.searchMs)} ms`,
      found: search.p99,
      digits: 1,
      met: search.p99 <= WANTED.searchMs,
    },
    ...postsGoals(posts, alone),
    {
      what: `live messages while ${catchUp.clients} clients catch up, p99 against before`,
      wanted: most(WANTED.live),
      found: live,
      digits: 2,
      met: live <= WANTED.live,
    },
  ];
}

async function run(budget: Budget): Promise<Figures> {
  const { progress, profile } = budget;
  const archive = await largeArchive(FILE, MESSAGES, progress);
  progress('pages and searches');
  const { kinds, nothing } = await pagesOf(archive, budget);
  progress('catching up');
  const catchUp = await measureCatchUp(profile && `${profile}/catch-up.cpuprofile`);
  progress('posts, the component alone');
  const alone = await measurePostsAlone(profile && `${profile}/posts.cpuprofile`);
  const posts = await measurePosts(progress);
  const errors = kinds.reduce((sum, kind) => sum + kind.errors, 0);
  return {
    ...NO_FIGURES,
    versions: [
      archive.seconds === 0 ? 'the file was there' : `the file was built in ${archive.seconds} s`,
      ...posts.versions,
    ],
    faults: [
      ...posts.faults,
      ...(errors > 0 ? [`${errors} pages were refused`] : []),
      ...(alone.lost > 0 ? [`${alone.lost} messages to the component alone brought no echo`] : []),
      ...(catchUp.missing > 0 ? [`${catchUp.missing} live messages did not come to all`] : []),
      ...(catchUp.unfinished > 0 ? [`${catchUp.unfinished} clients did not get the whole archive`] : []),
    ],
    configurations: posts.configurations,
    goals: goalsOf(kinds, posts.scenes, alone, catchUp),
    tables: [
      nothingTable(nothing),
      pagesTable(kinds, false),
      pagesTable(kinds, true),
      catchUpTable(catchUp),
      ...posts.scenes.map(postsTable),
      aloneTable(alone),
    ],
    details: { nothing, kinds, catchUp, alone, posts: posts.scenes },
  };
}

export const archive: Scenario = {
  name: 'archive',
  title: 'Archive: ten million messages',
  compares: 'pages and searches of a large archive, catching up, and posts into a group and an archived room',
  seconds: 390,
  run,
};
