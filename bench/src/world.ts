import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Component, type Ejabberd, freePort, startComponent, startEjabberd } from '@xmpp-groups/harness';
import {
  type ArchiveKind,
  countRoomArchive,
  ejabberdSettings,
  hasSqliteDriver,
  makeDatabase,
} from './ejabberd-settings.js';
import { type Floor, startFloor } from './floor-process.js';
import { inParallel } from './in-parallel.js';
import { countArchived, seedGroups } from './seed.js';
import { login, type Session } from './session.js';

export interface WorldOptions {
  /** How many members groups and rooms have; one of each kind is made for each number. */
  readonly members: readonly number[];
  /** Whether the server archives (mod_mam) for rooms and users. */
  readonly mam: boolean;
  /** A folder for the daemons' CPU profiles. */
  readonly profile: string | undefined;
  /** What is being done, for people. */
  progress(text: string): void;
  /** The member at this place has got a copy of the message with this number. */
  copied(member: number, number: number): void;
}

/** The daemons that are measured: two components, each with its way, and one behind the module inside ejabberd. */
export const DAEMONS = ['multicast', 'splice', 'shim'] as const;

export type DaemonName = (typeof DAEMONS)[number];

export const isDaemon = (name: string): name is DaemonName => DAEMONS.some((daemon) => daemon === name);

/** One server with all that is to be compared, and the users who are members everywhere. */
export interface World {
  readonly server: Ejabberd;
  readonly archive: ArchiveKind;
  /** In order: the first `n` of them are the members of the rooms and groups for `n`. */
  readonly sessions: readonly Session[];
  readonly daemons: Readonly<Record<DaemonName, Component>>;
  readonly floor: Floor;
  /** ejabberd.yml as it was read. */
  readonly configuration: string;
  /** Ends everything; resolves with how many messages the archives hold, by the address of group or room. */
  close(): Promise<Map<string, number>>;
}

const SECRET = 'a secret of the benchmark';
const PASSWORD = 'pw';

export const MULTICAST_SERVICE = 'multicast.localhost';

/** The domains are equally long, so that stanzas are. */
const DOMAINS = {
  multicast: 'groups-a.localhost',
  splice: 'groups-b.localhost',
  floor: 'groups-c.localhost',
  shim: 'groups-d.localhost',
};

const numbered = (name: string, members: number): string => `${name}-${String(members).padStart(4, '0')}`;

export const groupJid = (way: DaemonName | 'floor', members: number): string =>
  `${numbered('group', members)}@${DOMAINS[way]}`;

export const roomJid = (kind: 'plain' | 'saved', members: number): string =>
  `${numbered(kind, members)}@conference.localhost`;

const userName = (place: number): string => `user${String(place).padStart(4, '0')}`;

export async function startWorld(options: WorldOptions): Promise<World> {
  const { members, progress } = options;
  const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);

  const archive: ArchiveKind = !options.mam ? 'none' : hasSqliteDriver() ? 'sqlite' : 'mnesia';
  const databaseFile = join(folder, 'ejabberd.db');
  if (archive === 'sqlite') makeDatabase(databaseFile);
  progress(
    'starting ejabberd, the daemon three times (by multicast, by splice, inside ejabberd) and the floor',
  );
  const shimPort = await freePort();
  const server = await startEjabberd({
    components: [DOMAINS.multicast, DOMAINS.splice, DOMAINS.floor].map((domain) => ({
      domain,
      secret: SECRET,
    })),
    shim: { domain: DOMAINS.shim, secret: SECRET, listen: `127.0.0.1:${shimPort}` },
    ...ejabberdSettings(archive, databaseFile),
  });
  const configuration = readFileSync(join(server.dir, 'ejabberd.yml'), 'utf8');

  const users = Array.from({ length: Math.max(...members) }, (_, place) => userName(place));
  const storageUrl = (way: DaemonName) => `sqlite:${join(folder, `${way}.db`)}`;
  const startDaemon = async (way: DaemonName): Promise<Component> => {
    const groups = members.map((count) => ({
      jid: groupJid(way, count),
      members: users.slice(0, count).map((user) => `${user}@${server.host}`),
    }));
    await seedGroups(storageUrl(way), groups);
    const daemon = await startComponent({
      ...(way === 'shim'
        ? ({ via: 'ejabberd', port: shimPort } as const)
        : { port: server.componentPort(DOMAINS[way]) }),
      domain: DOMAINS[way],
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
  const daemons = {
    multicast: await startDaemon('multicast'),
    splice: await startDaemon('splice'),
    shim: await startDaemon('shim'),
  };
  const floor = await startFloor([String(server.componentPort(DOMAINS.floor)), DOMAINS.floor, SECRET]);

  progress(`logging ${users.length} users in`);
  await inParallel(users, 16, (user) => server.register(user, PASSWORD));
  const sessions = await inParallel(users, 16, (user, place) =>
    login({ port: server.c2sPort, host: server.host, user, password: PASSWORD }, (number) =>
      options.copied(place, number),
    ),
  );

  progress('filling the MUC rooms');
  for (const count of members) {
    await fillRoom(server, sessions.slice(0, count), roomJid('plain', count), false);
    if (archive !== 'none') await fillRoom(server, sessions.slice(0, count), roomJid('saved', count), true);
  }

  return {
    server,
    archive,
    sessions,
    daemons,
    floor,
    configuration,
    close: async () => {
      await inParallel(sessions, 50, (session) => session.end());
      await floor.stop();
      await Promise.all(DAEMONS.map((way) => daemons[way].stop()));
      await server.stop();
      const counts = new Map<string, number>();
      for (const way of DAEMONS) {
        const jids = members.map((count) => groupJid(way, count));
        for (const [jid, count] of await countArchived(storageUrl(way), jids)) counts.set(jid, count);
      }
      if (archive === 'sqlite') {
        for (const count of members) {
          const room = roomJid('saved', count);
          counts.set(room, countRoomArchive(databaseFile, room));
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

/** Makes the room and lets everybody in (XEP-0045, section 7.2), without history. */
async function fillRoom(
  server: Ejabberd,
  sessions: readonly Session[],
  room: string,
  archived: boolean,
): Promise<void> {
  const [name, service] = room.split('@');
  await server.api('create_room_with_opts', {
    name,
    service,
    host: server.host,
    options: [{ name: 'mam', value: String(archived) }],
  });
  await inParallel(sessions, 16, async (session) => {
    const entered = session.expect(/code=['"]110['"]|type=['"]error['"]/);
    session.write(
      `<presence to='${room}/${session.user}'><x xmlns='http://jabber.org/protocol/muc'>` +
        `<history maxstanzas='0'/></x></presence>`,
    );
    const answer = await entered;
    if (/type=['"]error['"]/.test(answer)) throw new Error(`${room} refused ${session.user}: ${answer}`);
  });
}
