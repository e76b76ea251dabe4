import { type GroupKey, isOwnersCommand } from '../command/command.js';
import { sameKey } from '../command/key.js';
import { type Held, holdBack, stillHeld } from '../hold/hold.js';
import type { GroupState } from '../model/group.js';
import { LIMITS } from '../model/limits.js';
import { tell } from '../model/told.js';
import { groupOf, type World, withGroup, withGroupNamed } from '../model/world.js';
import { heldAfterLeaving } from './after-leaving.js';
import { apply } from './apply.js';
import type { Environment, Errand, Incoming, KontalkEvent, Outcome } from './incoming.js';
import { judge } from './judge.js';
import { isContinued, namesake } from './judge-unknown.js';
import type { Refusal } from './judgement.js';
import { readIncoming } from './read.js';
import { type Reading, readingText } from './reading.js';
import { sizeOfIncoming } from './size.js';

/** What a stanza led to. */
export interface Evaluation {
  readonly world: World;
  readonly outcome: Outcome;
  /** In the order in which they happened; those of stanzas that were held back until now come last. */
  readonly events: readonly KontalkEvent[];
  /** What should be sent because of it. */
  readonly errands: readonly Errand[];
}

/**
 * What a stanza means for the groups of an account (reference 2.6): pure, the same for the same arguments. A
 * refused stanza changes no group; it may be kept and tried again when its group has changed.
 */
export function evaluate(before: World, incoming: Incoming, environment: Environment): Evaluation {
  const held = stillHeld(before.held, environment.now);
  const world = held === before.held ? before : { ...before, held };
  const read = readIncoming(incoming, world.me, environment.now);
  if (!read.ok) return { world, outcome: read.error, events: [], errands: [] };
  const first = evaluateReading(world, read.value, environment, undefined);
  if (!changesGroup(first.outcome)) return first;
  const later = retry(first.world, read.value.key, environment);
  return {
    world: later.world,
    outcome: first.outcome,
    events: [...first.events, ...later.events],
    errands: [...first.errands, ...later.errands],
  };
}

const changesGroup = ({ outcome }: Outcome): boolean =>
  outcome === 'apply-command' || outcome === 'pending-invite';

/** Tries what is held back for a group once more, as often as that changes something. */
export function retry(before: World, key: GroupKey, environment: Environment): Omit<Evaluation, 'outcome'> {
  let world = before;
  const events: KontalkEvent[] = [];
  const errands: Errand[] = [];
  for (let changed = true; changed; ) {
    changed = false;
    for (const held of world.held) {
      if (!sameKey(held.key, key) || !world.held.includes(held)) continue;
      const without = { ...world, held: world.held.filter((one) => one !== held) };
      const read = readIncoming(held.incoming, world.me, environment.now);
      if (!read.ok) continue;
      const tried = evaluateReading(without, read.value, environment, held);
      if (tried.world === world) continue;
      world = tried.world;
      events.push(...tried.events);
      errands.push(...tried.errands);
      changed ||= changesGroup(tried.outcome);
    }
  }
  return { world, events, errands };
}

function evaluateReading(
  world: World,
  reading: Reading,
  environment: Environment,
  retried: Held | undefined,
): Evaluation {
  const judged = judge(world, reading, environment, retried?.reason);
  if (judged.kind === 'refused') return refuse(world, reading, judged, environment, retried);
  const applied = apply(judged, reading, environment);
  const { outcome, events, errands } = applied;
  if (outcome.outcome === 'discard') return { world, outcome, events, errands };
  const after = withGroupNamed(world, reading.name, applied.group);
  const left = !hasLeft(judged.group) && hasLeft(applied.group);
  return {
    world: left ? { ...after, held: heldAfterLeaving(after, reading.key) } : after,
    outcome,
    events: isOwnersCommand(reading.command)
      ? [...events.map((event) => warned(world, reading, event)), ...continued(world, reading)]
      : events,
    errands,
  };
}

const hasLeft = ({ my }: GroupState): boolean => my === 'parted' || my === 'kicked';

/** An invitation tells of a group of the same id that another owner has (reference 2.6, P9). */
const warned = (world: World, reading: Reading, event: KontalkEvent): KontalkEvent =>
  event.kind === 'invited' ? { ...event, sameIdAs: namesake(world, reading)?.key } : event;

function continued(world: World, reading: Reading): KontalkEvent[] {
  const from = reading.command.kind === 'create' ? reading.said.continues : undefined;
  if (from === undefined) return [];
  return [{ kind: 'continued', group: reading.key, from, confirmed: isContinued(world, reading) }];
}

function refuse(
  world: World,
  reading: Reading,
  { outcome, keepAs, noted, events = [], errand }: Refusal,
  { now }: Environment,
  retried: Held | undefined,
): Evaluation {
  const remembered = noted === undefined ? world : withGroup(world, noted);
  const kept: World =
    keepAs === undefined ? remembered : { ...remembered, held: keep(world, reading, keepAs, now, retried) };
  const group = groupOf(kept, reading.key);
  // Nobody is told the same twice a day, and what is tried again has been told of already.
  const told =
    errand === undefined || group === undefined || retried !== undefined
      ? undefined
      : tell(group, `${errand.op} ${errand.to}`, now, LIMITS.again);
  if (errand === undefined || told === undefined) return { world: kept, outcome, events, errands: [] };
  return { world: withGroup(kept, told), outcome, events, errands: [errand] };
}

/** The reason it was first kept for stays: what was refused once is looked at with that in mind. */
function keep(
  world: World,
  reading: Reading,
  reason: Held['reason'],
  now: number,
  retried: Held | undefined,
): readonly Held[] {
  const isTold = reading.command.kind === 'plain' && reading.chatState !== undefined && !reading.hasContent;
  if (isTold) return world.held;
  return holdBack(world.held, {
    key: reading.key,
    sender: reading.sender,
    incoming: reading.incoming,
    reason: retried?.reason ?? reason,
    mark: readingText(reading),
    size: sizeOfIncoming(reading.incoming),
    since: retried?.since ?? now,
  });
}
