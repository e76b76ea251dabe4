import type { BareJid } from '../../jid/index.js';
import type { GroupState } from './group.js';
import { LIMITS } from './limits.js';

/** By what a stanza is known again: its id, and what was signed (reference 2.6, P8; 2.10 #5, #11). */
export interface Marks {
  readonly messageId: string | undefined;
  readonly payloadHash: string | undefined;
}

const marksOf = ({ messageId, payloadHash }: Marks): readonly string[] => [
  ...(messageId === undefined ? [] : [`id ${messageId}`]),
  ...(payloadHash === undefined ? [] : [`hash ${payloadHash}`]),
];

/**
 * The marks of a list as a set, to look one up in: a thousand comparisons for each stanza were half of all that evaluating
 * one costs. Worked out from the list alone, so it may be forgotten at any time.
 */
const indexes = new WeakMap<readonly string[], Set<string>>();

function indexOf(marks: readonly string[]): Set<string> {
  const index = indexes.get(marks) ?? new Set(marks);
  indexes.set(marks, index);
  return index;
}

/** The list with marks added at its end and the oldest left out. Its set is made of that of the list before. */
function extended(marks: readonly string[], added: readonly string[]): readonly string[] {
  const index = indexOf(marks);
  indexes.delete(marks);
  const fresh = added.filter((mark) => !index.has(mark));
  const excess = Math.max(0, marks.length + fresh.length - LIMITS.seenOfSender);
  for (const mark of fresh) index.add(mark);
  for (const mark of marks.slice(0, excess)) index.delete(mark);
  const all = marks.slice(excess).concat(fresh);
  indexes.set(all, index);
  return all;
}

/** Whether this stanza of `sender` was applied or shown before. Others may have used the same id. */
export function wasSeen(group: GroupState, sender: BareJid, marks: Marks): boolean {
  const seen = group.seen.get(sender);
  return seen !== undefined && marksOf(marks).some((mark) => indexOf(seen).has(mark));
}

/** Each sender pushes out only what he sent himself: nobody can make another one's message new again. */
export function remember(group: GroupState, sender: BareJid, marks: Marks): GroupState {
  const added = marksOf(marks);
  if (added.length === 0) return group;
  const after = extended(group.seen.get(sender) ?? [], added);
  const seen = new Map(group.seen);
  // Set anew, so that who has been silent the longest stands first.
  seen.delete(sender);
  seen.set(sender, after);
  for (const silent of seen.keys()) {
    if (seen.size <= LIMITS.members + LIMITS.former) break;
    seen.delete(silent);
  }
  return { ...group, seen };
}
