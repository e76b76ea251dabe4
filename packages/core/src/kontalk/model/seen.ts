import type { BareJid } from '../../jid/index.js';
import type { GroupState, Seen } from './group.js';
import { LIMITS } from './limits.js';
import { hasMark, noMarks, withMarks } from './marks.js';
import { type SharedMap, valueIn, valuesIn, withoutKey, withValue } from './shared-map.js';

/** By what a stanza is known again: its id, and the hash of what was signed (reference 2.6, P8; 2.10 #5, #11). */
export function marksOf(messageId: string | undefined, payloadHash: string | undefined): readonly string[] {
  const marks: string[] = [];
  if (messageId !== undefined) marks.push(`id ${messageId}`);
  if (payloadHash !== undefined) marks.push(`hash ${payloadHash}`);
  return marks;
}

/** Whether this stanza of `sender` was applied or shown before. Others may have used the same id. */
export function wasSeen({ seen }: GroupState, sender: BareJid, marks: readonly string[]): boolean {
  const known = valueIn(seen, sender);
  return known !== undefined && marks.some((mark) => hasMark(known.marks, mark));
}

/** Each sender pushes out only what he sent himself: nobody can make another one's message new again. */
export function remember(group: GroupState, sender: BareJid, added: readonly string[]): GroupState {
  if (added.length === 0) return group;
  const known = valueIn(group.seen, sender)?.marks ?? noMarks();
  const spoke = { sender, turn: group.turn, marks: withMarks(known, added) };
  return { ...group, turn: group.turn + 1, seen: withoutMostSilent(withValue(group.seen, sender, spoke)) };
}

function withoutMostSilent(seen: SharedMap<Seen>): SharedMap<Seen> {
  if (seen.size <= LIMITS.members + LIMITS.former) return seen;
  const { sender } = valuesIn(seen).reduce((one, other) => (other.turn < one.turn ? other : one));
  return withoutKey(seen, sender);
}

/** Who was seen, those first who have been silent the longest. */
export const inTurn = ({ seen }: GroupState): readonly Seen[] =>
  [...valuesIn(seen)].sort((one, other) => one.turn - other.turn);
