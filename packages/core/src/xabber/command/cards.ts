import type { BareJid, Jid } from '../../jid/index.js';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';

/** What a user's server said of him, asked by the group or of its own accord. */
export interface Profile {
  readonly kind: 'profile';
  readonly from: BareJid;
  readonly nickname?: string | undefined;
  /** `none`: he has no avatar; `undefined`: nothing is said. */
  readonly avatar?: AvatarInfo | 'none' | undefined;
  /** The image of the avatar in base64, if it came along. */
  readonly image?: string | undefined;
}

/** A nickname or badge for a member (reference 8.3); `id` is empty for oneself, `undefined` leaves as it is. */
export interface ChangeCard {
  readonly kind: 'changeCard';
  readonly from: Jid;
  readonly id: string;
  readonly nickname: string | undefined;
  readonly badge: string | undefined;
}

/** Whose avatar is meant: a member's by his id (empty for oneself); `undefined`: that of the group itself. */
export type AvatarOwner = string | undefined;

/** An image, before it becomes somebody's avatar (reference 8.6). An empty `id` stands for no image. */
export interface PublishImage {
  readonly kind: 'publishImage';
  readonly from: Jid;
  readonly node: string;
  readonly owner: AvatarOwner;
  readonly id: string;
  readonly base64: string;
}

/** An avatar, whose image was given before; `info` is `undefined` when it is taken away (reference 8.6, 11.6). */
export interface PublishAvatar {
  readonly kind: 'publishAvatar';
  readonly from: Jid;
  readonly node: string;
  readonly owner: AvatarOwner;
  readonly info: AvatarInfo | undefined;
}

/** A request for an avatar: the image of this id, or of the present avatar; or what there is to know of it. */
export interface ReadAvatar {
  readonly kind: 'readAvatar';
  readonly from: Jid;
  readonly node: string;
  readonly part: 'data' | 'metadata';
  readonly owner: AvatarOwner;
  readonly id: string | undefined;
}
