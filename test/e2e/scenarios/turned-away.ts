import type { BareJid } from '@xmpp-groups/core/jid';
import { elementsOf, NS, type XmlElement } from '@xmpp-groups/core/xml';
import type { GroupUser } from '@xmpp-groups/harness';

/** A roster push for `group` whose item has this `ask` (RFC 6121, section 2.1.2.2). */
const rosterPush = (group: string, ask: string | undefined) => (stanza: XmlElement) =>
  stanza.name === 'iq' &&
  elementsOf(stanza)
    .filter((query) => query.attrs.xmlns === NS.roster)
    .flatMap(elementsOf)
    .some((item) => item.attrs.jid === group && item.attrs.ask === ask);

/** Asks to join, and resolves when the group has refused. */
export async function turnedAway({ client }: GroupUser, group: BareJid): Promise<void> {
  client.mark();
  await client.roster.set(group);
  await client.sendPresence({ to: group, type: 'subscribe' });
  // Not every server shows the `unsubscribed` itself; all of them say that nothing is asked for any more.
  await client.expect(rosterPush(group, 'subscribe'), { description: 'a request in the roster' });
  await client.expect(rosterPush(group, undefined), { description: 'the end of the request' });
}
