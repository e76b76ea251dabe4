import type { BareJid } from '@xmpp-groups/core/jid';
import { replace, retractAll, retractMessage, retractUser } from '@xmpp-groups/core/xabber';
import type { XmlElement } from '@xmpp-groups/core/xml';
import type { Wire } from '../wire.js';

/** Gives one's own message another text (reference 12.5). */
export async function editMessage(
  wire: Wire,
  group: BareJid,
  stanzaId: string,
  text: string,
  more: readonly XmlElement[],
): Promise<void> {
  const request = replace.build({ id: stanzaId, message: { bodies: [{ text }], payload: more } });
  await wire.change({ what: 'edit a message', to: group }, request);
}

/** What is taken out of the archive: one message, all of a member, or all there are. */
export type Retraction = { readonly stanzaId: string } | { readonly author: string } | 'everything';

/** Retracts messages for everybody (reference 12.5). */
export async function retractMessages(wire: Wire, group: BareJid, what: Retraction): Promise<void> {
  const attempt = { what: 'retract messages', to: group };
  if (what === 'everything') await wire.change(attempt, retractAll.build({ symmetric: true }));
  else if ('author' in what)
    await wire.change(attempt, retractUser.build({ id: what.author, symmetric: true }));
  else await wire.change(attempt, retractMessage.build({ id: what.stanzaId, symmetric: true }));
}
