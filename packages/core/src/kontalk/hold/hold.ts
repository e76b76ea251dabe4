import type { BareJid } from '../../jid/index.js';
import type { GroupKey } from '../command/command.js';
import { sameKey } from '../command/key.js';
import type { DiscardReason, HoldReason, Incoming } from '../evaluate/incoming.js';
import { LIMITS } from '../model/limits.js';

/** Why something is kept that is not, or not yet, shown: held back, or refused and perhaps only too early. */
export type HeldReason = HoldReason | Extract<DiscardReason, 'non-member' | 'self-not-member'>;

/** A stanza that is tried again when its group changes (reference 2.8). */
export interface Held {
  readonly key: GroupKey;
  readonly sender: BareJid;
  readonly incoming: Incoming;
  readonly reason: HeldReason;
  /** By which it is known when it arrives again. */
  readonly mark: string;
  /** In characters. */
  readonly size: number;
  /** When it was held back, in milliseconds since the epoch. */
  readonly since: number;
}

/** Holds a stanza back, once. When the room is used up, somebody's oldest one goes: of who has the most there. */
export function holdBack(held: readonly Held[], added: Held): readonly Held[] {
  if (added.size > LIMITS.heldCharacters) return held;
  if (held.some(({ key, mark }) => mark === added.mark && sameKey(key, added.key))) return held;
  let kept = [...held, added];
  for (;;) {
    const ofGroup = kept.filter(({ key }) => sameKey(key, added.key));
    const characters = ofGroup.reduce((sum, { size }) => sum + size, 0);
    if (ofGroup.length > LIMITS.heldOfGroup || characters > LIMITS.heldCharacters) {
      const dropped = oldestOfBusiest(ofGroup);
      kept = kept.filter((one) => one !== dropped);
    } else if (kept.length > LIMITS.held) {
      const dropped = oldestOfBusiest(kept);
      kept = kept.filter((one) => one !== dropped);
    } else return kept;
  }
}

function oldestOfBusiest(held: readonly Held[]): Held | undefined {
  const counts = new Map<BareJid, number>();
  for (const { sender } of held) counts.set(sender, (counts.get(sender) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return held.find(({ sender }) => counts.get(sender) === most);
}

/** What has not been held back for too long. */
export const stillHeld = (held: readonly Held[], now: number): readonly Held[] =>
  held.every(({ since }) => now - since <= LIMITS.heldFor)
    ? held
    : held.filter(({ since }) => now - since <= LIMITS.heldFor);
