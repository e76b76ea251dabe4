import type { BareJid, Jid } from '../jid/index.js';
import type { Rsm } from '../xep/0059-result-set-management.js';
import type { AvatarInfo } from '../xep/0084-user-avatar.js';
import type { XmlElement } from '../xml/element.js';
import type { CreateRequest } from './elements/create.js';
import type { SearchRequest } from './elements/search.js';
import type { MemberId } from './model/group.js';
import type { ArchiveQuery } from './store.js';

/** What a stanza asks of a group: read from it by `interpret`, answered by `decide`. */
export type GroupCommand =
  | Create
  | Subscribe
  | Post
  /** `approved`: the user approved the group's request; `left`: he left, or he refused that request. */
  | { readonly kind: 'approved' | 'left' | 'probed'; readonly from: Jid }
  | Appeared
  | Profile
  | ChangeCard
  | PublishImage
  | PublishAvatar
  | Invite
  /** An invitation is declined by who was invited. */
  | { readonly kind: 'decline'; readonly from: Jid }
  | { readonly kind: 'revoke'; readonly from: Jid; readonly jids: readonly BareJid[] }
  | Kick
  | ChangeBlocks
  | Question;

/** To the host, about a group that does not exist yet. */
export interface Create {
  readonly kind: 'create';
  readonly from: Jid;
  readonly options: CreateRequest;
}

export interface Subscribe {
  readonly kind: 'subscribe';
  readonly from: Jid;
  /** Whether the presence says that its sender is a group itself (trap T17). */
  readonly isGroup: boolean;
}

/** A message to all. */
export interface Post {
  readonly kind: 'post';
  readonly from: Jid;
  readonly id: string | undefined;
  readonly originId: string | undefined;
  readonly bodies: readonly { readonly lang?: string | undefined; readonly text: string }[];
  /** The other children, as the author sent them. */
  readonly payload: readonly XmlElement[];
}

/** A device is available. */
export interface Appeared {
  readonly kind: 'appeared';
  readonly from: Jid;
  /** The hash of the photo in the user's vCard (XEP-0153); empty: he has none; `undefined`: nothing is said. */
  readonly photo?: string | undefined;
}

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

export interface Invite {
  readonly kind: 'invite';
  readonly from: Jid;
  readonly jid: BareJid;
  /** Whether the group tells him; otherwise the inviter does. */
  readonly send: boolean;
  readonly reason: string | undefined;
}

export interface Kick {
  readonly kind: 'kick';
  readonly from: Jid;
  readonly ids: readonly MemberId[];
  readonly jids: readonly BareJid[];
}

export interface ChangeBlocks {
  readonly kind: 'block' | 'unblock';
  readonly from: Jid;
  readonly ids: readonly MemberId[];
  /** JIDs of people, and domains. */
  readonly addresses: readonly BareJid[];
}

/** A request that changes nothing. */
export type Question =
  | { readonly kind: 'discoInfo' | 'discoItems'; readonly from: Jid; readonly node: string | undefined }
  | { readonly kind: 'vcard' | 'allRights' | 'invitations' | 'blocks'; readonly from: Jid }
  | ReadAvatar
  | {
      readonly kind: 'members';
      readonly from: Jid;
      readonly since: number | undefined;
      readonly rsm: Rsm | undefined;
    }
  /** `id` is empty for oneself. */
  | { readonly kind: 'member' | 'rights'; readonly from: Jid; readonly id: string }
  | ReadArchive
  | { readonly kind: 'archiveForm'; readonly from: Jid }
  | ServiceQuestion;

export interface ReadArchive {
  readonly kind: 'archive';
  readonly from: Jid;
  readonly queryId: string | undefined;
  /** Whose messages are asked for: a member id or a JID. */
  readonly with: string | undefined;
  readonly query: Omit<ArchiveQuery, 'author'>;
}

/** What every entity answers, the host as well as a group. */
export interface ServiceQuestion {
  readonly kind: 'ping' | 'version' | 'time' | 'last';
  readonly from: Jid;
}

/** What a stanza asks of the host. Creation goes to the mailbox of the group that is to be. */
export type HostCommand =
  | { readonly kind: 'discoInfo'; readonly from: Jid; readonly node: string | undefined }
  | {
      readonly kind: 'discoItems';
      readonly from: Jid;
      readonly node: string | undefined;
      readonly rsm: Rsm | undefined;
    }
  | { readonly kind: 'vcard'; readonly from: Jid }
  | { readonly kind: 'search'; readonly from: Jid; readonly wanted: SearchRequest }
  | Create
  | ServiceQuestion;
