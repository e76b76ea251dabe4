import type { BareJid } from '@xmpp-groups/core/jid';
import { update } from '@xmpp-groups/core/xabber';
import type { Wire } from '../wire.js';

/** Pins a message, in place of the one before; without an id nothing is pinned any more (reference 11.4). */
export async function pinMessage(wire: Wire, group: BareJid, stanzaId: string | undefined): Promise<void> {
  const what = stanzaId === undefined ? 'unpin a message' : 'pin a message';
  await wire.change({ what, to: group }, update.build({ pinned: stanzaId ?? '' }));
}
