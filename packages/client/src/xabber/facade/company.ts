import type { BareJid } from '@xmpp-groups/core/jid';
import type { UserCard } from '@xmpp-groups/core/xabber';
import { type Blocked, blockPeople, kickMembers, listBlocked, type Named, unblockPeople } from '../blocks.js';
import type { Context } from '../context.js';
import { declineInvitation, type Invited, inviteTo, openInvitations, revokeInvitation } from '../invite.js';
import { memberById, renameMember } from '../member.js';
import { loadMembers, type MemberPage, memberPage } from '../members.js';
import { newGroup } from '../state.js';

/** Who is in a group, and who is not. */
export interface Company {
  /** The group tells the invited person. */
  invite(group: BareJid, whom: BareJid, reason?: string): Promise<void>;
  /** Lets a group know that one does not want to join. */
  decline(group: BareJid): Promise<void>;
  /** Open invitations: all of them, or one's own, as the group decides. */
  invitations(group: BareJid): Promise<readonly Invited[]>;
  /** Takes an invitation back. */
  revoke(group: BareJid, whom: BareJid): Promise<void>;

  /** The members of a followed group by their ids; asked for once, then kept up to date (see the event). */
  members(group: BareJid): Promise<ReadonlyMap<string, UserCard>>;
  /**
   * A part of the list, in the order of the nicknames, for who does not want all of a big group.
   * @param page `after`: the `last` of the page before; `max`: its length, 50 unless given
   */
  memberPage(group: BareJid, page?: { after?: string | undefined; max?: number }): Promise<MemberPage>;
  /** The card of a member, `''` for oneself. */
  member(group: BareJid, id: string): Promise<UserCard>;
  /** Changes the nickname or the badge of a member; of oneself with the id `''`. */
  rename(group: BareJid, id: string, names: { nickname?: string; badge?: string }): Promise<void>;

  /** Removes members, who may join again. */
  kick(group: BareJid, whom: Omit<Named, 'domains'>): Promise<void>;
  /** Removes people and keeps them away. */
  block(group: BareJid, whom: Named): Promise<void>;
  /** Lets people in again. */
  unblock(group: BareJid, whom: Named): Promise<void>;
  /** Who is kept away. */
  blocked(group: BareJid): Promise<Blocked>;
}

export const company = (context: Context): Company => {
  const { wire, groups } = context;
  return {
    invite: (group, whom, reason) => inviteTo(wire, group, whom, reason),
    decline: (group) => declineInvitation(wire, group),
    invitations: (group) => openInvitations(wire, group),
    revoke: (group, whom) => revokeInvitation(wire, group, whom),
    members: async (group) => {
      const followed = groups.get(group) ?? newGroup(group, {});
      return (followed.members ?? (await loadMembers(context, followed))).members;
    },
    memberPage: (group, { after, max = 50 } = {}) => memberPage(wire, group, { after, max }),
    member: (group, id) => memberById(wire, group, id),
    rename: (group, id, names) => renameMember(wire, group, id, names),
    kick: (group, whom) => kickMembers(wire, group, whom),
    block: (group, whom) => blockPeople(wire, group, whom),
    unblock: (group, whom) => unblockPeople(wire, group, whom),
    blocked: (group) => listBlocked(wire, group),
  };
};
