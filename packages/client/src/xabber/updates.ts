import type { BareJid } from '@xmpp-groups/core/jid';
import { updates } from '@xmpp-groups/core/xabber';
import type { Wire } from '../wire.js';

/** Whether one is told live of who joins, leaves, and has the chat open (docs/updates.md). */
export async function readUpdates(wire: Wire, group: BareJid): Promise<boolean> {
  const attempt = { what: 'ask whether updates are received', to: group };
  return (await wire.ask(attempt, updates.build({}), updates)).receive ?? true;
}

/** Turns that on or off (docs/updates.md). */
export async function changeUpdates(wire: Wire, group: BareJid, receive: boolean): Promise<void> {
  const what = receive ? 'turn updates on' : 'turn updates off';
  await wire.change({ what, to: group }, updates.build({ receive }));
}
