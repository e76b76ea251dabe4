import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Component,
  compileErlang,
  type Ejabberd,
  freePort,
  seedGroups,
  startComponent,
  startEjabberd,
} from '@xmpp-groups/harness';
import { countArchived } from './count-archived.js';
import {
  type ArchiveKind,
  countRoomArchive,
  ejabberdSettings,
  hasSqliteDriver,
  makeDatabase,
} from './ejabberd-settings.js';
import type { Figures } from './figures.js';
import type { InsidePlan } from './floor-plan.js';
import { type Floor, startFloor } from './floor-process.js';
import { inParallel } from './in-parallel.js';
import { fillRooms, logUsersIn, type ProsodyPeer, startProsodyPeer, userJids } from './peers.js';
import { type Layout, layoutsOf, placeOf, type Scene, usersOf } from './scene.js';
import type { Session } from './session.js';
import { addressOf, DAEMONS, type DaemonName, domainOf, type Subject } from './subjects.js';

/** A scene, and what is measured in it. */
export interface Act {
  readonly scene: Scene;
  readonly subjects: readonly Subject[];
}

export interface WorldOptions {
  /** What will be measured; only what is needed for it is started. */
  readonly acts: readonly Act[];
  /** A folder for the daemons' CPU profiles. */
  readonly profile: string | undefined;
  /** Whether the server keeps what users send and get for each of them, too (mod_mam). */
  readonly keepsForUsers: boolean;
  /** What is being done, for people. */
  progress(text: string): void;
  /** The user at this place has got a copy of the message with this number. */
  copied(place: number, number: number): void;
}

/** One server with all that is to be compared, the users who are members everywhere, and Prosody with the same users. */
export interface World {
  readonly server: Ejabberd;
  readonly prosody: ProsodyPeer | undefined;
  readonly archive: ArchiveKind;
  daemon(name: DaemonName): Component;
  readonly floor: Floor | undefined;
  /** The users' sessions, by their places. */
  sessionsFor(subject: Subject): readonly Session[];
  /** Tells the floor inside ejabberd what a group sends. */
  planInside(plan: InsidePlan): void;
  readonly configurations: Figures['configurations'];
  /** Ends everything; resolves with how many messages the archives hold, by the address of group or room. */
  close(): Promise<Map<string, number>>;
}

const SECRET = 'a secret of the benchmark';

export const MULTICAST_SERVICE = 'multicast.localhost';

const FLOOR_MODULE = fileURLToPath(new URL('../erlang/bench_floor.erl', import.meta.url));

const groupsOf = (layout: Layout): number[] => Array.from({ length: layout.groups }, (_, group) => group);

export async function startWorld(options: WorldOptions): Promise<World> {
  const { acts, progress } = options;
  const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const layoutsFor = (subject: Subject): Layout[] =>
    layoutsOf(acts.filter(({ subjects }) => subjects.includes(subject)).map(({ scene }) => scene));
  const isNeeded = (subject: Subject): boolean => layoutsFor(subject).length > 0;
  const daemonNames = DAEMONS.filter(isNeeded);
  const needsFloor = isNeeded('floor-multicast') || isNeeded('floor-splice');

  const archive: ArchiveKind = hasSqliteDriver() ? 'sqlite' : 'mnesia';
  const databaseFile = join(folder, 'ejabberd.db');
  if (archive === 'sqlite') makeDatabase(databaseFile);
  progress(`starting ejabberd, the daemon (${daemonNames.join(', ')}) and the floors`);
  const shimPort = await freePort();
  const dir = join(folder, 'ejabberd');
  const plans = join(folder, 'plans');
  mkdirSync(plans);
  await compileErlang(join(dir, 'ebin'), FLOOR_MODULE);
  const settings = ejabberdSettings(archive, databaseFile, options.keepsForUsers);
  const server = await startEjabberd({
    dir,
    components: [domainOf('multicast'), domainOf('splice'), domainOf('floor-multicast')].map((domain) => ({
      domain,
      secret: SECRET,
    })),
    shim: { domain: domainOf('shim'), secret: SECRET, listen: `127.0.0.1:${shimPort}` },
    ...settings,
    modules: { ...settings.modules, bench_floor: { host: domainOf('floor-shim'), folder: plans } },
  });
  const configurations = [
    { name: 'ejabberd.yml', text: readFileSync(join(server.dir, 'ejabberd.yml'), 'utf8') },
  ];

  const storageUrl = (way: DaemonName) => `sqlite:${join(folder, `${way}.db`)}`;
  const startDaemon = async (way: DaemonName): Promise<Component> => {
    const groups = layoutsFor(way).flatMap((layout) => {
      const users = userJids(usersOf(layout));
      return groupsOf(layout).map((group) => ({
        jid: addressOf(way, layout, group),
        members: Array.from(
          { length: layout.members },
          (_, index) => users[placeOf(layout, group, index)] ?? '',
        ),
      }));
    });
    await seedGroups(storageUrl(way), groups);
    const daemon = await startComponent({
      ...(way === 'shim'
        ? ({ via: 'ejabberd', port: shimPort } as const)
        : { port: server.componentPort(domainOf(way)) }),
      domain: domainOf(way),
      secret: SECRET,
      storageUrl: storageUrl(way),
      env: {
        XMPP_GROUPS_FANOUT_WAY: way === 'shim' ? 'auto' : way,
        ...(options.profile === undefined ? {} : profiling(join(options.profile, `${way}.cpuprofile`))),
      },
    });
    const expected = way === 'shim' ? 'bridge' : way;
    if (!daemon.log().includes(`copies go by ${expected}`)) {
      throw new Error(`The daemon does not send by ${expected}:\n${daemon.log()}`);
    }
    return daemon;
  };
  const daemons = new Map<DaemonName, Component>();
  for (const way of daemonNames) daemons.set(way, await startDaemon(way));
  const floorDomain = domainOf('floor-multicast');
  const floor = needsFloor
    ? await startFloor([String(server.componentPort(floorDomain)), floorDomain, SECRET])
    : undefined;

  const users = Math.max(...acts.map(({ scene }) => usersOf(scene)));
  progress(`logging ${users} users in`);
  const sessions = await logUsersIn(server, users, options.copied);
  for (const subject of ['muc-plain', 'muc-archived', 'mix'] as const) {
    for (const layout of layoutsFor(subject)) {
      progress(`letting all into ${layout.groups} x ${layout.members}, ${subject}`);
      await fillRooms(server, subject, layout, sessions);
    }
  }
  const prosodyLayouts = layoutsFor('prosody');
  if (prosodyLayouts.length > 0) progress('starting Prosody, and letting all in there');
  const prosody =
    prosodyLayouts.length === 0
      ? undefined
      : await startProsodyPeer(prosodyLayouts, Math.max(...prosodyLayouts.map(usersOf)), options.copied);
  if (prosody !== undefined) configurations.push({ name: 'prosody.cfg.lua', text: prosody.configuration });

  return {
    server,
    prosody,
    archive,
    daemon: (name) => {
      const daemon = daemons.get(name);
      if (daemon === undefined) throw new Error(`${name} was not started`);
      return daemon;
    },
    floor,
    sessionsFor: (subject) => (subject === 'prosody' ? (prosody?.sessions ?? []) : sessions),
    planInside: ({ group, text }) => writeFileSync(join(plans, group), text),
    configurations,
    close: async () => {
      await inParallel(sessions, 50, (session) => session.end());
      await prosody?.stop();
      await floor?.stop();
      await Promise.all([...daemons.values()].map((daemon) => daemon.stop()));
      await server.stop();
      const counts = new Map<string, number>();
      for (const way of daemonNames) {
        const jids = layoutsFor(way).flatMap((layout) =>
          groupsOf(layout).map((group) => addressOf(way, layout, group)),
        );
        for (const [jid, count] of await countArchived(storageUrl(way), jids)) counts.set(jid, count);
      }
      if (archive === 'sqlite') {
        for (const layout of layoutsFor('muc-archived')) {
          for (const group of groupsOf(layout)) {
            const room = addressOf('muc-archived', layout, group);
            counts.set(room, countRoomArchive(databaseFile, room));
          }
        }
      }
      process.off('exit', remove);
      remove();
      return counts;
    },
  };
}

/** Variables that let a daemon write a CPU profile. */
const profiling = (file: string) => ({
  BENCH_PROFILE: resolve(file),
  NODE_OPTIONS: `--import ${new URL('./profile-hook.js', import.meta.url)}`,
});
