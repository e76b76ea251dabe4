import type { BareJid } from '@xmpp-groups/core/jid';
import { type DisclosureStep, disclosure } from '@xmpp-groups/core/xabber';
import type { Wire } from '../wire.js';

/**
 * Takes a step towards another member of an incognito group (docs/disclosure.md): `offer` tells him one's own JID,
 * `request` asks for his, `accept` and `decline` answer what he began.
 * @param id his member id
 */
export async function takeStep(
  wire: Wire,
  group: BareJid,
  type: DisclosureStep,
  id: string,
  reason?: string,
): Promise<void> {
  const what = `${type} a disclosure`;
  await wire.change({ what, to: group }, disclosure.build({ type, recipient: { id }, reason }));
}
