import type { GroupKey } from '../command/command.js';
import { sameKey } from '../command/key.js';
import type { Held, HeldReason } from '../hold/hold.js';
import type { World } from '../model/world.js';
import { readIncoming } from './read.js';

/** He was not known, or the group itself was not. */
const UNKNOWN_THEN: readonly HeldReason[] = ['non-member', 'unknown-group'];

/**
 * What stays held back when I leave a group, or am removed: nothing waits for me to become a member any more (reference
 * 2.8). But that somebody has left whom I did not know yet counts when I am taken in again: the owner may have listed him
 * before he heard of it, and nobody says it once more.
 */
export const heldAfterLeaving = ({ me, held }: World, key: GroupKey): readonly Held[] =>
  held.flatMap((one) => {
    if (!sameKey(one.key, key)) return one;
    return UNKNOWN_THEN.includes(one.reason) && saysHeLeaves(one, me)
      ? { ...one, reason: 'self-not-member' as const }
      : [];
  });

function saysHeLeaves({ incoming, since }: Held, me: World['me']): boolean {
  const read = readIncoming(incoming, me, since);
  return read.ok && read.value.command.kind === 'part';
}
