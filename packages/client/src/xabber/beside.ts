import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import { type GroupMessage, mention, reference } from '@xmpp-groups/core/xabber';
import { reply } from '@xmpp-groups/core/xep';
import { escapedLength, NS, type XmlElement } from '@xmpp-groups/core/xml';

/** What goes beside the text of a message that answers another one (XEP-0461). */
export const answerTo = ({ from, id, originId, stanzaId }: GroupMessage): XmlElement =>
  reply.build({ to: bareOf(from), id: id ?? originId ?? stanzaId ?? '' });

/**
 * What goes beside a text that means a member (reference 6.1): the place of his name in it.
 * @param text the whole text of the message
 * @param name the part of it, the first of that wording; without it the mention has no place
 * @param id the member's id
 */
export function mentionOf(group: BareJid, text: string, name: string, id: string): XmlElement {
  const at = text.indexOf(name);
  const begin = at < 0 ? undefined : escapedLength(text.slice(0, at));
  const end = begin === undefined ? undefined : begin + escapedLength(name);
  const address = `xmpp:${group}?id=${id}`;
  return reference.build({
    type: 'decoration',
    begin,
    end,
    payload: [mention.build({ node: NS.groups, address })],
  });
}
