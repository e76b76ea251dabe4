import type { BareJid } from '@xmpp-groups/core/jid';
import { roster } from '@xmpp-groups/core/stanza';
import { presenceTo } from '../stanzas.js';
import type { Wire } from '../wire.js';
import { presenceOf } from './join.js';

/** Leaves a group and takes it out of the roster (reference 3.3). */
export async function leaveGroup(wire: Wire, group: BareJid): Promise<void> {
  const attempt = { what: 'leave a group', to: group };
  const gone = wire.next(attempt, presenceOf(group, ['unavailable', 'unsubscribe', 'unsubscribed']));
  await Promise.all([gone, wire.send(attempt, presenceTo(group, 'unsubscribe'))]);
  await forget(wire, group);
}

/** Takes a group out of the roster. */
async function forget(wire: Wire, group: BareJid): Promise<void> {
  const item = { jid: group, subscription: 'remove' } as const;
  await wire.change({ what: 'remove a group from the roster' }, roster.build({ items: [item] }));
}
