import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Component, startComponent } from '@xmpp-groups/harness';
import { membersIn, ownerOf, type Scale, scaleGroup, seedScale, sizeOf } from './scale-seed.js';
import { type ScaleServer, startScaleServer } from './scale-server.js';
import { syncedFile } from './yardstick.js';

/** What a daemon with many groups needs. */
export interface ScaleOutcome {
  readonly groups: number;
  readonly members: number;
  /** Milliseconds from the start of the process to the accepted connection, for each start. */
  readonly starts: readonly number[];
  /** Milliseconds from a message to a group that is not in memory until its author has got his echo. */
  readonly coldSmall: readonly number[];
  readonly coldLarge: readonly number[];
  /** Milliseconds in which a small file is synced, once after each first message to a small group. */
  readonly synced: readonly number[];
  /** The same when the group is in memory. */
  readonly warmSmall: readonly number[];
  readonly warmLarge: readonly number[];
  /** Bytes of a group in memory without its members, and of each of these. */
  readonly bytesPerGroup: number;
  readonly bytesPerMember: number;
  /** Bytes of the whole process when nothing but its start has happened. */
  readonly residentAtStart: number;
}

export interface ScaleOptions {
  readonly scale: Scale;
  /** A file that was written before, in place of a new one. */
  readonly database: string | undefined;
  readonly starts: number;
  /** How many groups get a first message. */
  readonly small: number;
  readonly large: number;
  /** How many groups are loaded to find out what one of them takes. */
  readonly loaded: number;
  progress(text: string): void;
}

/** Between two messages that are sent one at a time: a busy service lets a transaction wait for company. */
const BETWEEN_MS = 20;

/** Messages that are under way at a time while groups are loaded. */
const WINDOW = 64;
/** To large ones: the copies of more of them are more than a daemon takes upon itself, and it would refuse some. */
const WINDOW_LARGE = 8;

export async function measureScale(options: ScaleOptions): Promise<ScaleOutcome> {
  const { scale, progress } = options;
  const folder = mkdtempSync(join(tmpdir(), 'xmpp-groups-scale-'));
  try {
    const file = options.database ?? join(folder, 'groups.db');
    const url = `sqlite:${file}`;
    if (options.database === undefined) {
      progress(`writing ${scale.groups} groups with ${membersIn(scale)} members`);
      await seedScale(url, scale, progress);
    }
    const starts: number[] = [];
    for (let round = 1; round < options.starts; round += 1) {
      const world = await start(scale, url);
      starts.push(world.startMs);
      await world.stop();
    }
    const world = await start(scale, url);
    starts.push(world.startMs);
    progress(`started in ${starts.map(Math.round).join(', ')} ms`);
    try {
      return { groups: scale.groups, members: membersIn(scale), starts, ...(await measure(world, options)) };
    } finally {
      await world.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface World {
  readonly scale: Scale;
  readonly server: ScaleServer;
  readonly daemon: Component;
  readonly startMs: number;
  stop(): Promise<void>;
}

async function start(scale: Scale, storageUrl: string): Promise<World> {
  const server = await startScaleServer();
  const began = performance.now();
  const daemon = await startComponent({
    port: server.port,
    domain: scale.domain,
    secret: 'any',
    storageUrl,
    logLevel: 'warn',
    env: {
      XMPP_GROUPS_FANOUT_WAY: 'splice',
      NODE_OPTIONS: `--import ${new URL('./scale-hook.js', import.meta.url)}`,
    },
  });
  const accepted = await server.accepted;
  return {
    scale,
    server,
    daemon,
    startMs: accepted - began,
    stop: async () => {
      await daemon.stop();
      await server.close();
    },
  };
}

async function measure(world: World, options: ScaleOptions) {
  const { scale, progress } = options;
  // All groups from here on are different ones: none of them was in memory before.
  let next = scale.large;
  const smallOnes = (count: number): number[] => Array.from({ length: count }, () => next++);
  const largeOnes = Array.from({ length: scale.large }, (_, number) => number);

  const atStart = await memoryOf(world);
  // What the program itself needs to run warm belongs to no group.
  await inWindow(WINDOW, smallOnes(500), (number) => postTo(world, number));

  progress(`a first message to ${options.small} small and ${options.large} large groups, one at a time`);
  const small = smallOnes(options.small);
  const synced: number[] = [];
  const file = syncedFile();
  const coldSmall = await oneByOne(small, async (number) => {
    const took = await postTo(world, number);
    synced.push(file.sync());
    return took;
  });
  file.close();
  const warmSmall = await oneByOne(small, (number) => postTo(world, number));
  const large = largeOnes.slice(0, options.large);
  const coldLarge = await oneByOne(large, (number) => postTo(world, number));
  const warmLarge = await oneByOne(large, (number) => postTo(world, number));

  progress(`loading ${options.loaded} small and ${scale.large - options.large} large groups`);
  const before = await memoryOf(world);
  const many = smallOnes(options.loaded);
  await inWindow(WINDOW, many, (number) => postTo(world, number));
  const between = await memoryOf(world);
  const rest = largeOnes.slice(options.large);
  await inWindow(WINDOW_LARGE, rest, (number) => postTo(world, number));
  const after = await memoryOf(world);

  // Two kinds of groups, two unknowns.
  const members = (numbers: readonly number[]): number =>
    numbers.reduce((sum, number) => sum + sizeOf(scale, number), 0);
  const ofSmall = between.heap - before.heap;
  const ofLarge = after.heap - between.heap;
  const determinant = many.length * members(rest) - rest.length * members(many);
  return {
    coldSmall,
    synced,
    warmSmall,
    coldLarge,
    warmLarge,
    bytesPerGroup: (ofSmall * members(rest) - ofLarge * members(many)) / determinant,
    bytesPerMember: (ofLarge * many.length - ofSmall * rest.length) / determinant,
    residentAtStart: atStart.resident,
  };
}

/** No message of another run has the same id: it would only be echoed. */
const RUN = randomBytes(4).toString('hex');

let written = 0;

/** A message of a group's owner; resolves with the milliseconds until his echo has come, which is the last of it all. */
async function postTo({ scale, server }: World, number: number): Promise<number> {
  written += 1;
  const id = `${RUN}-${written}-`;
  const group = scaleGroup(scale, number);
  // The message inside his echo ends so; his id is in the copies as well.
  const echoed = server.comes(new RegExp(`id='${id}'/><previous-id [^>]*></message></x>`));
  const began = performance.now();
  server.write(
    `<message type='chat' id='${id}' from='${ownerOf(scale, number)}/bench' to='${group}'>` +
      `<body>A message as people write them, neither long nor short</body>` +
      `<origin-id xmlns='urn:xmpp:sid:0' id='${id}'/></message>`,
  );
  return (await echoed) - began;
}

async function oneByOne(
  numbers: readonly number[],
  act: (number: number) => Promise<number>,
): Promise<number[]> {
  const results: number[] = [];
  for (const number of numbers) {
    results.push(await act(number));
    await pause(BETWEEN_MS);
  }
  return results;
}

async function inWindow(
  width: number,
  numbers: readonly number[],
  act: (number: number) => Promise<number>,
): Promise<void> {
  const left = [...numbers];
  const worker = async (): Promise<void> => {
    for (let number = left.pop(); number !== undefined; number = left.pop()) await act(number);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

interface Memory {
  /** Bytes that objects take; SQLite's cache, for one, is not among them. */
  readonly heap: number;
  readonly resident: number;
}

async function memoryOf({ daemon }: World): Promise<Memory> {
  const lines = (): string[] => [...daemon.log().matchAll(/^memory (.*)$/gm)].map(([, json]) => json ?? '');
  const before = lines().length;
  process.kill(daemon.pid, 'SIGUSR2');
  while (lines().length === before) await pause(20);
  const usage: unknown = JSON.parse(lines().at(-1) ?? '');
  if (typeof usage !== 'object' || usage === null) throw new Error('The daemon did not say what it needs.');
  const { heapUsed, rss } = Object.fromEntries(Object.entries(usage));
  return { heap: Number(heapUsed), resident: Number(rss) };
}
