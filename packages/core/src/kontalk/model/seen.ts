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

/** Whether this stanza of `sender` was applied or shown before. Others may have used the same id. */
export function wasSeen(group: GroupState, sender: BareJid, marks: Marks): boolean {
  const seen = group.seen.get(sender);
  return seen !== undefined && marksOf(marks).some((mark) => seen.includes(mark));
}

/** Each sender pushes out only what he sent himself: nobody can make another one's message new again. */
export function remember(group: GroupState, sender: BareJid, marks: Marks): GroupState {
  const added = marksOf(marks);
  if (added.length === 0) return group;
  const before = group.seen.get(sender) ?? [];
  const after = [...before, ...added].slice(-LIMITS.seenOfSender);
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
