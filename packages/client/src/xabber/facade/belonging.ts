import type { BareJid } from '@xmpp-groups/core/jid';
import type { GroupInfo } from '@xmpp-groups/core/xabber';
import type { Context } from '../context.js';
import { createGroup, deleteGroup, type NewGroup, openPrivateChat } from '../create.js';
import { followGroup, unfollow } from '../follow.js';
import { joinGroup, type Membership } from '../join.js';
import { leaveGroup } from '../leave.js';
import type { Position } from '../state.js';

/** Being in groups, and following them. */
export interface Belonging {
  /** Creates a group and follows it. */
  create(host: BareJid, options?: NewGroup): Promise<BareJid>;
  /** Deletes a group for everybody. */
  delete(group: BareJid): Promise<void>;
  /** Joins a group and follows it. */
  join(group: BareJid): Promise<Membership>;
  /** Leaves a group, takes it out of the roster and follows it no longer. */
  leave(group: BareJid): Promise<void>;
  /**
   * Opens the private chat with a member of an incognito group, which is a group of two, and follows it. The other one
   * is invited if he is not in it.
   * @param id his member id
   */
  privateChat(group: BareJid, id: string): Promise<BareJid>;
  /**
   * Tells of everything in a group behind `position`, and from now on; resolves when all that was missed has been told.
   * Without a position it begins behind the newest message. After each new login it goes on by itself. Begun before
   * the login, it misses nothing of what comes with that.
   */
  follow(group: BareJid, position?: Position): Promise<void>;
  /** Where a followed group is, to be given to `follow` after a restart. */
  position(group: BareJid): Position | undefined;
  /** What a followed group told last of itself. */
  info(group: BareJid): GroupInfo | undefined;
}

export const belonging = (context: Context): Belonging => {
  const { wire, groups } = context;
  return {
    create: async (host, wanted = {}) => {
      const group = await createGroup(wire, host, wanted);
      await followGroup(context, group);
      return group;
    },
    delete: (group) => deleteGroup(wire, group),
    join: async (group) => {
      const membership = await joinGroup(wire, group);
      await followGroup(context, group);
      return membership;
    },
    leave: async (group) => {
      await leaveGroup(wire, group);
      unfollow(context, group);
    },
    privateChat: async (group, id) => {
      const chat = await openPrivateChat(wire, group, id);
      await followGroup(context, chat);
      return chat;
    },
    follow: (group, position) => followGroup(context, group, position),
    position: (group) => groups.get(group)?.position,
    info: (group) => groups.get(group)?.info,
  };
};
