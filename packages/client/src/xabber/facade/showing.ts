import type { BareJid } from '@xmpp-groups/core/jid';
import type { DisclosureStep } from '@xmpp-groups/core/xabber';
import { type AvatarOwner, type Picture, publishAvatar, readAvatar, removeAvatar } from '../avatars.js';
import type { Context } from '../context.js';
import { takeStep } from '../disclosures.js';
import { changeUpdates, readUpdates } from '../updates.js';

/** What one shows of oneself, and wants to be shown. */
export interface Showing {
  /** Resolves with the id of the avatar. */
  publishAvatar(group: BareJid, owner: AvatarOwner, picture: Picture): Promise<string>;
  /** Takes an avatar away. */
  removeAvatar(group: BareJid, owner: AvatarOwner): Promise<void>;
  /** The image of an avatar, by its id. */
  avatar(group: BareJid, owner: AvatarOwner, id: string): Promise<Uint8Array>;

  /**
   * In an incognito group: tells a member who one is (`offer`), asks who he is (`request`), or answers him (`accept`,
   * `decline`); he hears of it by the event `disclosed`.
   */
  disclose(group: BareJid, step: DisclosureStep, id: string, reason?: string): Promise<void>;

  /** Whether one is told live of who joins, leaves, and has the chat open. */
  receivesUpdates(group: BareJid): Promise<boolean>;
  /** Turns that on or off. */
  receiveUpdates(group: BareJid, receive: boolean): Promise<void>;
}

export const showing = ({ wire }: Context): Showing => ({
  publishAvatar: (group, owner, picture) => publishAvatar(wire, group, owner, picture),
  removeAvatar: (group, owner) => removeAvatar(wire, group, owner),
  avatar: (group, owner, id) => readAvatar(wire, group, owner, id),
  disclose: (group, step, id, reason) => takeStep(wire, group, step, id, reason),
  receivesUpdates: (group) => readUpdates(wire, group),
  receiveUpdates: (group, receive) => changeUpdates(wire, group, receive),
});
