import type { BareJid } from '@xmpp-groups/core/jid';
import { NS, serialise, type XmlElement, xml } from '@xmpp-groups/core/xml';
import { type GroupUser, readEcho, readGroupMessage, stanzaError } from '@xmpp-groups/harness';

/** The id of a message, which no other sender uses. */
export const idOf = (sender: GroupUser, text: string): string => `${sender.client.bare}-${text}`;

/** The outcome that the sender of a message hears: the echo's id in the archive, or an error. */
export function outcome(sender: GroupUser, text: string): Promise<string> {
  const id = idOf(sender, text);
  return sender.client
    .expect((stanza) => readEcho(stanza)?.originId === id || isErrorFor(id)(stanza), { timeout: 60_000 })
    .then((stanza) => readEcho(stanza)?.stanzaId ?? `error ${stanzaError(stanza).condition}`);
}
const isErrorFor =
  (id: string) =>
  (stanza: XmlElement): boolean =>
    stanza.attrs.type === 'error' && stanza.attrs.id === id;

/** The messages of a group in its archive, page by page. */
export async function archiveOf(reader: GroupUser, group: BareJid) {
  const items: { id: string; text: string }[] = [];
  for (let after: string | undefined, complete = false; !complete; ) {
    const page = await reader.history(group, {}, { max: 100, after });
    items.push(...page.items.map(({ id, message }) => ({ id, text: message.text })));
    ({ complete } = page);
    after = page.rsm.last;
  }
  return items.filter(({ text }) => text.startsWith('message '));
}

const isOf =
  (group: BareJid | undefined) =>
  ({ attrs }: XmlElement): boolean =>
    group === undefined || attrs.from?.split('/')[0] === group;

/** The ids in the archive of the copies that came, of one group or of all. */
export const copiesOf = ({ client }: GroupUser, group?: BareJid): string[] =>
  client
    .received()
    .filter(isOf(group))
    .flatMap((stanza) => {
      const copy = readGroupMessage(stanza);
      return copy?.stanzaId !== undefined && copy.text.startsWith('message ') ? [copy.stanzaId] : [];
    });

/** The ids in the archive of the messages whose echo came, of one group or of all. */
export const echoesOf = ({ client }: GroupUser, group?: BareJid): string[] =>
  client
    .received()
    .filter(isOf(group))
    .flatMap((stanza) => readEcho(stanza)?.stanzaId ?? []);

/** What is in an archive, stanza by stanza: that of an address, or the user's own, which his server keeps. */
export async function archivedBy({ client }: GroupUser, to?: string): Promise<string[]> {
  const queryid = `query of ${to}`;
  const before = client.received().length;
  await client.iq(to, 'set', xml('query', { xmlns: NS.mam, queryid }));
  return client
    .received()
    .slice(before)
    .map((stanza) => serialise(stanza))
    .filter((text) => text.includes(`queryid='${queryid}'`));
}
