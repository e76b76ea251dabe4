import type { BareJid } from '../../jid/index.js';
import type { GroupState, Seen } from './group.js';
import { LIMITS } from './limits.js';
import { hasMark, noMarks, withMarks } from './marks.js';
import { type SharedMap, valueIn, valuesIn, withoutKey, withValue } from './shared-map.js';

/** By what a stanza is known again: its id, and the hash of what was signed (reference 2.6, P8; 2.10 #5, #11). */
export function marksOf(messageId: string | undefined, payloadHash: string | undefined): readonly string[] {
  if (payloadHash === undefined) return messageId === undefined ? [] : [`id ${messageId}`];
  const hash = `hash ${payloadHash}`;
  return messageId === undefined ? [hash] : [`id ${messageId}`, hash];
}

/** Whether this stanza of `sender` was applied or shown before. Others may have used the same id. */
export function wasSeen({ seen }: GroupState, sender: BareJid, marks: readonly string[]): boolean {
  const known = valueIn(seen, sender);
  if (known === undefined) return false;
  for (const mark of marks) if (hasMark(known.marks, mark)) return true;
  return false;
}

/** Each sender pushes out only what he sent himself: nobody can make another one's message new again. */
export function remember(group: GroupState, sender: BareJid, added: readonly string[]): GroupState {
  if (added.length === 0) return group;
  const known = valueIn(group.seen, sender)?.marks ?? noMarks();
  const spoke = { sender, turn: group.turn, marks: withMarks(known, added) };
  return withSeen(group, withoutMostSilent(withValue(group.seen, sender, spoke)));
}

/**
 * Written out, for this is done with each message: V8 copies so many properties by `...` one after another in a slow way,
 * which takes 30 times as long and was a tenth of all that evaluating a message took.
 */
const withSeen = (group: GroupState, seen: SharedMap<Seen>): GroupState => ({
  key: group.key,
  me: group.me,
  my: group.my,
  mySince: group.mySince,
  myExit: group.myExit,
  members: group.members,
  ownerState: group.ownerState,
  subject: group.subject,
  lastOwner: group.lastOwner,
  rev: group.rev,
  complete: group.complete,
  secure: group.secure,
  suspect: group.suspect,
  divergentFrom: group.divergentFrom,
  keys: group.keys,
  seen,
  turn: group.turn + 1,
  told: group.told,
  heir: group.heir,
  log: group.log,
});

function withoutMostSilent(seen: SharedMap<Seen>): SharedMap<Seen> {
  if (seen.size <= LIMITS.members + LIMITS.former) return seen;
  const { sender } = valuesIn(seen).reduce((one, other) => (other.turn < one.turn ? other : one));
  return withoutKey(seen, sender);
}

/** Who was seen, those first who have been silent the longest. */
export const inTurn = ({ seen }: GroupState): readonly Seen[] =>
  [...valuesIn(seen)].sort((one, other) => one.turn - other.turn);
