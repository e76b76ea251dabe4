import type { BareJid } from '@xmpp-groups/core/jid';
import { decline, invitations, invite, revoke } from '@xmpp-groups/core/xabber';
import type { Wire } from '../wire.js';

/** Somebody who is invited and has not answered. */
export interface Invited {
  readonly jid: string | undefined;
  readonly id: string;
}

/** Has a group invite somebody; the group tells him (reference 4.1). */
export async function inviteTo(wire: Wire, group: BareJid, jid: BareJid, reason?: string): Promise<void> {
  await wire.change({ what: `invite ${jid}`, to: group }, invite.build({ jid, send: true, reason }));
}

/** Lets a group know that one does not want to join (reference 4.3). */
export async function declineInvitation(wire: Wire, group: BareJid): Promise<void> {
  await wire.change({ what: 'decline an invitation', to: group }, decline.build({}));
}

/** Open invitations: all of them, or one's own, as the group decides (reference 4.4). */
export async function openInvitations(wire: Wire, group: BareJid): Promise<readonly Invited[]> {
  const question = invitations.build({ users: [] });
  const answer = await wire.ask({ what: 'list invitations', to: group }, question, invitations);
  return answer.users.map(({ jid, id }) => ({ jid, id }));
}

/** Takes an invitation back (reference 4.4). */
export async function revokeInvitation(wire: Wire, group: BareJid, jid: BareJid): Promise<void> {
  await wire.change({ what: `take back the invitation of ${jid}`, to: group }, revoke.build({ jids: [jid] }));
}
