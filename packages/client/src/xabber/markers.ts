import { bareOf } from '@xmpp-groups/core/jid';
import type { GroupMessage } from '@xmpp-groups/core/xabber';
import { displayed } from '@xmpp-groups/core/xep';
import { xml } from '@xmpp-groups/core/xml';
import type { Wire } from '../wire.js';

/** Lets the author of a message know that it was seen, and all that he wrote before it (XEP-0333; reference 6.6). */
export async function markDisplayed(wire: Wire, message: GroupMessage): Promise<void> {
  const group = bareOf(message.from);
  const { id, stanzaId } = message;
  const marker = displayed.build({
    id: id ?? message.originId ?? stanzaId ?? '',
    stanzaIds: stanzaId === undefined ? [] : [{ by: group, id: stanzaId }],
  });
  const stanza = xml('message', { to: group, type: 'chat', id: wire.platform.newId() }, [marker]);
  await wire.send({ what: 'mark a message as displayed', to: group }, stanza);
}
