import { randomUUID } from 'node:crypto';
import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import {
  body,
  type Disclosed,
  type DisclosureStep,
  disclosure,
  readDisclosed,
} from '@xmpp-groups/core/xabber';
import { type XmlElement, xml } from '@xmpp-groups/core/xml';
import type { XmppClient } from './client.js';

/** What a client does that knows how members of an incognito group tell each other who they are. */
export interface GroupDisclosures {
  /** Takes a step towards the member with this id; resolves when the group has taken it. */
  disclose(group: BareJid, step: DisclosureStep, id: string, reason?: string): Promise<void>;
  /** The same by a message, without waiting. `text` is for who gets it by mistake. */
  discloseByMessage(group: BareJid, step: DisclosureStep, id: string, text?: string): Promise<void>;
  /** The next word of the group on such a step of another member. */
  disclosed(group: BareJid, step: DisclosureStep): Promise<Disclosed>;
}

const readFrom = (group: BareJid, stanza: XmlElement): Disclosed | undefined => {
  const read = readDisclosed(stanza);
  return read !== undefined && bareOf(read.from) === group ? read : undefined;
};

export function groupDisclosures(client: XmppClient): GroupDisclosures {
  return {
    disclose: async (group, type, id, reason) => {
      await client.iq(group, 'set', disclosure.build({ type, recipient: { id }, reason }));
    },
    discloseByMessage: (group, type, id, text) =>
      client.send(
        xml('message', { to: group, type: 'chat', id: randomUUID() }, [
          disclosure.build({ type, recipient: { id } }),
          text === undefined ? undefined : body.build({ text }),
        ]),
      ),
    disclosed: async (group, type) => {
      const found = await client.expect((stanza) => readFrom(group, stanza)?.type === type, {
        description: `a disclosure of type ${type} in ${group}`,
      });
      const read = readFrom(group, found);
      if (read === undefined) throw new Error('the message changed under our eyes');
      return read;
    },
  };
}
