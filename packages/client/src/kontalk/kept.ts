import type { BareJid } from '@xmpp-groups/core/jid';
import { emptyWorld, type GroupKey, type Reached, type World } from '@xmpp-groups/core/kontalk';
import type { XmlElement } from '@xmpp-groups/core/xml';

/** A message that was said. */
export interface Entry {
  readonly id: string;
  readonly group: GroupKey;
  /** Later messages to the group wait until the server has it (reference 2.4). */
  readonly command: boolean;
  /** As it is sent, without a receiver; `undefined` when it is not at hand any more because the server has it. */
  readonly stanza: XmlElement | undefined;
  readonly reached: ReadonlyMap<BareJid, Reached>;
  /** Whether the own server has it for all recipients. */
  readonly taken: boolean;
}

/** A stanza that cannot be read yet. */
export interface WaitingStanza {
  readonly stanza: XmlElement;
  /** Milliseconds since the epoch, both of them. */
  readonly receivedAt: number;
  readonly delayStamp: number | undefined;
}

/** All that a client must not forget. Immutable: what is done makes the next one. */
export interface Kept {
  readonly world: World;
  /** In the order in which they were said. */
  readonly entries: readonly Entry[];
  readonly waiting: readonly WaitingStanza[];
}

export const nothingKept = (me: BareJid): Kept => ({ world: emptyWorld(me), entries: [], waiting: [] });

/** How many messages that the server has are remembered, for receipts and errors that may come. */
const REMEMBERED = 200;

/** With `entry`, and without the oldest of those that the server has. */
export function withEntry(kept: Kept, entry: Entry): Kept {
  const entries = [...kept.entries, entry];
  const surplus = entries.filter(({ taken }) => taken).length - REMEMBERED;
  const dropped = new Set(entries.filter(({ taken }) => taken).slice(0, Math.max(0, surplus)));
  return { ...kept, entries: entries.filter((one) => !dropped.has(one)) };
}

/** With `change` made to the entry of this id; the same when there is none or nothing changes. */
export function changeEntry(kept: Kept, id: string, change: (entry: Entry) => Entry): Kept {
  let changed = false;
  const entries = kept.entries.map((entry) => {
    const next = entry.id === id ? change(entry) : entry;
    changed ||= next !== entry;
    return next;
  });
  return changed ? { ...kept, entries } : kept;
}
