import { failure, ok, type Result } from '../../result.js';
import type { GroupKey } from '../command/command.js';
import { readKey } from '../command/key.js';
import type { Held } from '../hold/hold.js';
import type { GroupState } from '../model/group.js';
import { marksIn, noMarks, withMarks } from '../model/marks.js';
import { inTurn } from '../model/seen.js';
import { NO_ENTRIES, withValue } from '../model/shared-map.js';
import { type World, worldFrom } from '../model/world.js';
import {
  bareJid,
  flag,
  listOf,
  mapOf,
  nullable,
  number,
  optional,
  type Reader,
  shape,
  text,
  word,
} from './reader.js';
import { savedIncoming } from './stanza.js';

/** The version of what is saved; another one is not read. */
const VERSION = 1;

const groupKey: Reader<GroupKey> = (value, path) => {
  const parts = shape({ owner: text, id: text })(value, path);
  if (!parts.ok) return parts;
  const key = readKey(parts.value.id, parts.value.owner);
  return key.ok ? key : failure(path, key.error.reason);
};

const memberRecord = shape({
  listed: flag,
  why: word('create', 'add', 'snapshot', 'remove'),
  at: number,
  since: number,
  partedAt: optional(number),
});

const applied = shape({
  at: number,
  by: bareJid,
  kind: word('create', 'set', 'part'),
  messageId: optional(text),
});

/** Before turns were counted and saved, only the order said who spoke last: all that was before the first turn. */
const seen: Reader<GroupState['seen']> = (value, path) => {
  const read = listOf(shape({ 0: bareJid, 1: listOf(text), 2: optional(number) }))(value, path);
  if (!read.ok) return read;
  let all: GroupState['seen'] = NO_ENTRIES;
  for (const [place, { 0: sender, 1: marks, 2: saved }] of read.value.entries()) {
    const turn = saved ?? place - read.value.length;
    all = withValue(all, sender, { sender, turn, marks: withMarks(noMarks(), marks) });
  }
  return ok(all);
};
const turn: Reader<number> = (value, path) => (value === undefined ? ok(0) : number(value, path));

const group: Reader<GroupState> = shape({
  key: groupKey,
  me: bareJid,
  my: word('member', 'invited', 'parted', 'kicked'),
  mySince: number,
  myExit: optional(number),
  members: mapOf(bareJid, memberRecord),
  ownerState: word('active', 'parted'),
  subject: nullable(text),
  lastOwner: optional(number),
  rev: optional(number),
  complete: flag,
  secure: flag,
  suspect: flag,
  divergentFrom: optional(bareJid),
  keys: mapOf(bareJid, text),
  seen,
  turn,
  told: mapOf(text, number),
  heir: optional(bareJid),
  log: listOf(applied),
});

const held: Reader<Held> = shape({
  key: groupKey,
  sender: bareJid,
  incoming: savedIncoming,
  reason: word(
    'undecryptable',
    'no-key',
    'unconfirmed-key',
    'unknown-group',
    'clock-skew',
    'owner-key-changed',
    'invited',
    'non-member',
    'self-not-member',
  ),
  mark: text,
  size: number,
  since: number,
});

const world = shape({ version: number, me: bareJid, groups: listOf(group), held: listOf(held) });

/** A world as plain data, fit for JSON (reference 9.2). `loadWorld` reads it again. */
export const saveWorld = ({ me, groups, held: waiting }: World): unknown => ({
  version: VERSION,
  me,
  groups: groups.map((one) => ({
    ...one,
    members: [...one.members],
    keys: [...one.keys],
    seen: inTurn(one).map(({ sender, turn, marks }) => [sender, marksIn(marks), turn]),
    told: [...one.told],
  })),
  held: waiting,
});

/** Reads what `saveWorld` made, after `JSON.parse`. Fails with the path and the reason when it is something else. */
export function loadWorld(saved: unknown): Result<World> {
  const read = world(saved, 'world');
  if (!read.ok) return read;
  const { version, me, groups, held: waiting } = read.value;
  if (version !== VERSION) return failure('world/version', `not ${VERSION}`);
  return ok(worldFrom(me, groups, waiting));
}
