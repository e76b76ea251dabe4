import type { BareJid } from '@xmpp-groups/core/jid';
import {
  type ArchivedMessage,
  type Group,
  type MemberId,
  memberByJid,
  type StanzaId,
  type TracesPage,
} from '@xmpp-groups/core/xabber';

/** Which of the `max` messages before one somebody wrote, or name him. */
export function tracesIn(
  messages: readonly ArchivedMessage[],
  { jid, member }: { readonly jid: BareJid; readonly member: MemberId | undefined },
  before: StanzaId,
  max: number,
): TracesPage {
  const older = messages.filter(({ stanzaId }) => stanzaId < before).reverse();
  const page = older.slice(0, max);
  const isHis = ({ author, xml }: ArchivedMessage): boolean =>
    xml.includes(jid) || (member !== undefined && (author === member || xml.includes(member)));
  return {
    messages: page.filter(isHis),
    before: older.length > max ? page.at(-1)?.stanzaId : undefined,
  };
}

/** Whether a group knows somebody: as a member, now or once, as one who is shut out, or as a contact. */
export const knows = (group: Group, jid: BareJid): boolean =>
  memberByJid(group, jid) !== undefined || group.blocks.has(jid) || group.properties.contacts.includes(jid);
