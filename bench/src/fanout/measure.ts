import type { Measurement } from '../results.js';
import { roundsUntil } from '../rounds.js';
import type { Budget } from '../scenario.js';
import { type Load, titleOf } from '../scene.js';
import { type Player, type Stage, startStage } from '../stage.js';
import type { Act } from '../world.js';

export interface MeasureOptions {
  readonly acts: readonly Act[];
  /** How many copies are measured for each subject in each scene and round, at least. */
  readonly deliveries: number;
  readonly mostRounds: number;
  /** What ending everything takes, in seconds. */
  readonly closing: number;
}

/** What came of some acts. */
export interface Measured extends Pick<Stage, 'world'> {
  readonly measurements: readonly Measurement[];
  readonly rounds: number;
  readonly faults: readonly string[];
  readonly versions: readonly string[];
}

/** How many copies may be under way: enough to saturate every server. */
const WINDOW = 6_000;
const FEWEST_UNDER_WAY = 6;
/** At least so many messages are measured, so that one does not decide. */
const FEWEST_MESSAGES = 15;
/** Copies for each subject before anything counts: until then Node compiles what runs often. */
const WARM_UP = 12_000;
/** The share of what is measured that is sent just before it, to get all going. */
const LEAD = 0.2;

/** Such as `ejabberd 23.01-1`, out of what the server says of its state. */
const serverVersion = (status: string): string => /ejabberd \S+(?= is running)/.exec(status)?.[0] ?? status;

const ARCHIVES: Readonly<Record<string, string>> = {
  sqlite: 'mod_mam in SQLite (WAL)',
  mnesia: 'mod_mam in mnesia',
};

/** Measures side by side at saturation: in each round each subject of each scene once. */
export async function measure(
  { acts, deliveries, mostRounds, closing }: MeasureOptions,
  { seconds, profile, progress }: Budget,
): Promise<Measured> {
  const deadline = performance.now() + (seconds - closing) * 1000;
  const { world, players, close } = await startStage(acts, profile, progress);
  const versions = [
    serverVersion(String(await world.server.api('status'))),
    ARCHIVES[world.archive] ?? world.archive,
  ];
  progress('warming up');
  const warm = new Set<string>();
  for (const player of players) {
    if (warm.has(player.subject)) continue;
    warm.add(player.subject);
    await player.play(loadOf(player, WARM_UP));
  }
  const measurements: Measurement[] = [];
  const rounds = await roundsUntil(deadline, mostRounds, async (round) => {
    for (const player of players) {
      if (player.subject === players[0]?.subject) progress(`round ${round}: ${titleOf(player.scene)}`);
      measurements.push(await measureOne(player, round, deliveries));
    }
  });
  const faults = await close();
  return { world, measurements, rounds, faults, versions };
}

function loadOf({ scene: { members, groups } }: Player, copies: number): Load {
  return {
    messages: Math.max(FEWEST_MESSAGES, groups, Math.ceil(copies / members)),
    window: Math.max(FEWEST_UNDER_WAY, Math.round(WINDOW / members)),
    pauseMs: 0,
  };
}

async function measureOne(player: Player, round: number, copies: number): Promise<Measurement> {
  const { subject, scene, bytes } = player;
  const load = loadOf(player, copies);
  await player.play({ ...load, messages: Math.ceil(load.messages * LEAD) });
  const before = player.cpu();
  const { seconds } = await player.play(load);
  const after = player.cpu();
  const delivered = load.messages * scene.members;
  const each = (part: 'server' | 'driver'): number => (after[part] - before[part]) / delivered;
  return {
    subject,
    scene,
    round,
    bytes,
    messages: load.messages,
    deliveries: delivered,
    deliveriesPerSecond: delivered / seconds,
    cpu: {
      server: each('server'),
      component:
        after.component === undefined || before.component === undefined
          ? undefined
          : (after.component - before.component) / delivered,
      driver: each('driver'),
    },
  };
}
