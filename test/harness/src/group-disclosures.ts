import { randomUUID } from 'node:crypto';
import { pick } from '@xmpp-groups/core/codec';
import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import { message } from '@xmpp-groups/core/stanza';
import { body, type DisclosureStep, disclosed, disclosure, type UserCard } from '@xmpp-groups/core/xabber';
import { type XmlElement, xml } from '@xmpp-groups/core/xml';
import type { XmppClient } from './client.js';

/** What the group tells somebody of another member (docs/disclosure.md). */
export interface Disclosed {
  readonly type: DisclosureStep;
  readonly user: UserCard;
  readonly reason: string | undefined;
  /** What a client shows that knows nothing of it. */
  readonly body: string;
}

/** What a client does that knows how members of an incognito group tell each other who they are. */
export interface GroupDisclosures {
  /** Takes a step towards the member with this id; resolves when the group has taken it. */
  disclose(group: BareJid, step: DisclosureStep, id: string, reason?: string): Promise<void>;
  /** The same by a message, without waiting. `text` is for who gets it by mistake. */
  discloseByMessage(group: BareJid, step: DisclosureStep, id: string, text?: string): Promise<void>;
  /** The next word of the group on such a step of another member. */
  disclosed(group: BareJid, step: DisclosureStep): Promise<Disclosed>;
}

/** Reads what a group tells of another member; `undefined` when the stanza is something else. */
export function readDisclosed(element: XmlElement, group: BareJid): Disclosed | undefined {
  const envelope = message.is(element) ? message.parse(element) : undefined;
  if (!envelope?.ok || bareOf(envelope.value.from) !== group) return undefined;
  const told = pick(disclosed, envelope.value.payload);
  const text = pick(body, envelope.value.payload);
  if (!told?.ok || !text?.ok) return undefined;
  const { type, user, reason } = told.value;
  return { type, user, reason, body: text.value.text };
}

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
      const found = await client.expect((stanza) => readDisclosed(stanza, group)?.type === type, {
        description: `a disclosure of type ${type} in ${group}`,
      });
      const read = readDisclosed(found, group);
      if (read === undefined) throw new Error('the message changed under our eyes');
      return read;
    },
  };
}
