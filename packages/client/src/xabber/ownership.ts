import type { BareJid } from '@xmpp-groups/core/jid';
import { update } from '@xmpp-groups/core/xabber';
import type { Wire } from '../wire.js';

/**
 * Hands a group over: the other one owns it, and oneself does no longer (reference 9.3). To own it together, give the
 * right `owner`.
 * @param to a member's JID, or his id
 */
export async function transferOwnership(wire: Wire, group: BareJid, to: string): Promise<void> {
  await wire.change({ what: 'hand a group over', to: group }, update.build({ owner: to }));
}
