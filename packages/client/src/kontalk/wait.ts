import { bareOf } from '@xmpp-groups/core/jid';
import { clientMessage } from '@xmpp-groups/core/kontalk';
import type { XmlElement } from '@xmpp-groups/core/xml';
import type { WaitingStanza } from './kept.js';

/** How many stanzas wait until they can be read, of one sender and of all, and for how long, in milliseconds. */
const OF_SENDER = 50;
const OF_ALL = 500;
const FOR = 7 * 86_400_000;

const envelopeOf = (stanza: XmlElement): { readonly from: string; readonly id: string | undefined } => {
  const read = clientMessage.parse(stanza);
  const from = read.ok ? read.value.from : undefined;
  return { from: from === undefined ? '' : bareOf(from), id: read.ok ? read.value.id : undefined };
};

/** With one more, once; the oldest of its sender, or of who has the most, goes when there is no room. */
export function waitFor(
  waiting: readonly WaitingStanza[],
  added: WaitingStanza,
  now: number,
): readonly WaitingStanza[] {
  const { from, id } = envelopeOf(added.stanza);
  const still = waiting.filter(({ receivedAt }) => now - receivedAt <= FOR);
  const senders = still.map(({ stanza }) => envelopeOf(stanza));
  if (id !== undefined && senders.some((other) => other.from === from && other.id === id)) return still;
  const counts = new Map<string, number>();
  for (const sender of senders) counts.set(sender.from, (counts.get(sender.from) ?? 0) + 1);
  const [busiest] = [...counts].sort(([, one], [, other]) => other - one);
  const full =
    (counts.get(from) ?? 0) >= OF_SENDER ? from : still.length >= OF_ALL ? busiest?.[0] : undefined;
  const dropped = full === undefined ? -1 : senders.findIndex((sender) => sender.from === full);
  return [...still.filter((_, at) => at !== dropped), added];
}
