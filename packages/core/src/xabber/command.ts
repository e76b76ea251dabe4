import type { BareJid, Jid } from '../jid/index.js';
import type { Form } from '../xep/0004-data-forms.js';
import type { CommandStep } from '../xep/0050-ad-hoc-commands.js';
import type { Rsm } from '../xep/0059-result-set-management.js';
import type { AvatarInfo } from '../xep/0084-user-avatar.js';
import type { ArchiveVersion } from '../xep/0313-message-archive.js';
import type { XmlElement } from '../xml/element.js';
import type { CreateRequest } from './elements/create.js';
import type { PermissionEntry } from './elements/permissions.js';
import type { SearchRequest } from './elements/search.js';
import type { Member, MemberId, Preferences, StanzaId } from './model/group.js';
import type { ArchiveQuery, AvatarImage } from './store.js';

/**
 * The words in which something is asked, where they are not those of today, and in which it is answered
 * (reference 16). `v0`: those of 2018 and 2019; `late v0`: the shapes of today in the namespaces of then.
 */
export type Vocabulary = 'v0' | 'late v0';

/** What is asked, and in which words. */
export type Worded<C> = C & { readonly vocabulary?: Vocabulary | undefined };

/** What a stanza asks of a group: read from it by `interpret`, answered by `decide`. */
export type GroupCommand = Worded<GroupRequest>;

type GroupRequest =
  | Create
  | Subscribe
  | Post
  | Displayed
  | Rewriting
  /** `approved`: the user approved the group's request; `left`: he left, or he refused that request. */
  | { readonly kind: 'approved' | 'left' | 'probed'; readonly from: Jid }
  | Appeared
  | Profile
  | ChangeCard
  | PublishImage
  | PublishAvatar
  /** `opened`, `closed`: a device shows the chat, or no longer does; `disappeared`: it went offline. */
  | { readonly kind: 'opened' | 'closed' | 'disappeared'; readonly from: Jid }
  | SetRights
  | SetDefaultRights
  | SetPermissions
  | SetDefaultPermissions
  | TransferOwnership
  /** Time has passed: what ends now has to end. Nobody sends it. */
  | { readonly kind: 'tick' }
  | SettingsCommand
  | AdHoc
  /** The owner wants the group to be gone. */
  | { readonly kind: 'delete'; readonly from: Jid }
  | OpenPrivateChat
  | BeginPrivateChat
  /** The group that this one is a private chat of was deleted. */
  | { readonly kind: 'dissolve' }
  /** Time has passed: who has not been heard of for long does not have the chat open any more. */
  | { readonly kind: 'sweep' }
  | Invite
  /** An invitation is declined by who was invited. */
  | { readonly kind: 'decline'; readonly from: Jid }
  | { readonly kind: 'revoke'; readonly from: Jid; readonly jids: readonly BareJid[] }
  | Kick
  | ChangeBlocks
  | Disclose
  | Question;

/** To the host, about a group that does not exist yet. */
export interface Create {
  readonly kind: 'create';
  readonly from: Jid;
  readonly options: CreateRequest;
}

/** A member wants to talk to another one alone (reference 13.1). To the host, which gives it to the group. */
export interface OpenPrivateChat {
  readonly kind: 'openPrivateChat';
  readonly from: Jid;
  /** The group in which both are. */
  readonly group: BareJid;
  /** The other one. */
  readonly id: MemberId;
}

/**
 * A group lets two of its members have a private chat: at this JID, where it exists already or does not. No stanza
 * stands for it.
 */
export interface BeginPrivateChat {
  readonly kind: 'beginPrivateChat';
  readonly parent: { readonly jid: BareJid; readonly name: string };
  readonly asker: ChatPartner;
  readonly guest: ChatPartner;
}

/** What a private chat takes over of a member of its group. */
export interface ChatPartner extends Pick<Member, 'jid' | 'badge'> {
  readonly nickname: string;
  /** The avatar with its image. */
  readonly avatar: { readonly info: AvatarInfo; readonly image: AvatarImage } | undefined;
}

/** Somebody asks to join (reference 3.1). */
export interface Subscribe {
  readonly kind: 'subscribe';
  readonly from: Jid;
  /** Whether the presence says that its sender is a group itself (trap T17). */
  readonly isGroup: boolean;
  readonly choices?: Choices | undefined;
}

/** What somebody decides about himself in a presence (reference 5.4). */
export type Choices = Partial<Pick<Preferences, 'collects' | 'acceptsPrivateChats'>>;

/** A device came online. */
export interface Appeared {
  readonly kind: 'appeared';
  readonly from: Jid;
  readonly choices?: Choices | undefined;
  /** The hash of the photo in the user's vCard (XEP-0153); empty: he has none; `undefined`: nothing is said. */
  readonly photo?: string | undefined;
}

/** Changes of the group as a whole, and of what a member hears of it. */
export type SettingsCommand =
  | { readonly kind: 'setProperties' | 'setStatus'; readonly from: Jid; readonly form: Form }
  /** `0` unpins. */
  | { readonly kind: 'pin'; readonly from: Jid; readonly stanzaId: StanzaId }
  | { readonly kind: 'setUpdates'; readonly from: Jid; readonly receive: boolean };

/** A step of an ad-hoc command (XEP-0050). */
export interface AdHoc {
  readonly kind: 'adHoc';
  readonly from: Jid;
  readonly step: CommandStep;
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
  /** The own message that this one takes the place of (XEP-0308). */
  readonly corrects?: MessageName | undefined;
  /** The message that this one answers or reacts to (XEP-0461, XEP-0444), when its id may be of the archive. */
  readonly refersTo?: MessageName | undefined;
}

/** A message of the archive as somebody names it: by its id there, else as its author called it. */
export interface MessageName {
  readonly stanzaId: StanzaId | undefined;
  /** The `origin-id` or the `id` of the stanza. */
  readonly called?: string | undefined;
}

/** Somebody has seen a message, and all before it (reference 6.6). */
export interface Displayed {
  readonly kind: 'displayed';
  readonly from: Jid;
  readonly message: MessageName;
}

/** The archive is to be rewritten (reference 12.5). */
export type Rewriting =
  | { readonly kind: 'retractMessage'; readonly from: Jid; readonly message: MessageName }
  | { readonly kind: 'retractUser'; readonly from: Jid; readonly id: MemberId }
  | { readonly kind: 'retractAll'; readonly from: Jid }
  | Replace;

/** A message of the archive is to have another content (reference 12.5). */
export interface Replace extends Pick<Post, 'from' | 'bodies' | 'payload'> {
  readonly kind: 'replace';
  readonly message: MessageName;
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

/** A submitted form with the rights of another member. */
export interface SetRights {
  readonly kind: 'setRights';
  readonly from: Jid;
  /** The member. */
  readonly id: string;
  readonly values: SubmittedRights;
}

/** A submitted form with what newcomers may not do. */
export interface SetDefaultRights {
  readonly kind: 'setDefaultRights';
  readonly from: Jid;
  readonly values: SubmittedRights;
}

/** The same as `setRights` in the words of the clients of 2026. */
export interface SetPermissions {
  readonly kind: 'setPermissions';
  readonly from: Jid;
  readonly target: string;
  readonly permissions: readonly PermissionEntry[];
}

/** The same as `setDefaultRights` in the words of the clients of 2026, who have two lists of defaults. */
export interface SetDefaultPermissions {
  readonly kind: 'setDefaultPermissions';
  readonly from: Jid;
  readonly list: DefaultList;
  readonly permissions: readonly PermissionEntry[];
}

/** An owner hands the group over: to a member, by JID or member id. */
export interface TransferOwnership {
  readonly kind: 'transferOwnership';
  readonly from: Jid;
  readonly to: string;
}

/** The values of a submitted form by the names of their fields; an empty one takes the right away. */
export type SubmittedRights = ReadonlyMap<string, string>;

/** Which defaults are meant: those of all members, or of new ones. */
export type DefaultList = 'defaults' | 'newbies';

/** A member invites somebody (reference 4.1). */
export interface Invite {
  readonly kind: 'invite';
  readonly from: Jid;
  readonly jid: BareJid;
  /** Whether the group tells him; otherwise the inviter does. */
  readonly send: boolean;
  readonly reason: string | undefined;
}

/** Members are to be removed; they may join again (reference 10.1). */
export interface Kick {
  readonly kind: 'kick';
  readonly from: Jid;
  readonly ids: readonly MemberId[];
  readonly jids: readonly BareJid[];
}

/** People and domains are to be kept out, or let in again (reference 10.2, 10.3). */
export interface ChangeBlocks {
  readonly kind: 'block' | 'unblock';
  readonly from: Jid;
  readonly ids: readonly MemberId[];
  /** JIDs of people, and domains. */
  readonly addresses: readonly BareJid[];
}

/**
 * Something between two members of an incognito group about their real JIDs (docs/disclosure.md): the one tells his,
 * or asks for the other's; or he accepts or declines what the other began.
 */
export interface Disclose {
  readonly kind: 'disclose';
  readonly from: Jid;
  readonly type: DisclosureStep;
  /** The other member. */
  readonly id: MemberId;
  readonly reason: string | undefined;
}

/** A member tells his JID, asks for the other one's, or answers what the other began. */
export type DisclosureStep = 'offer' | 'request' | 'accept' | 'decline';

/** A request that changes nothing. */
export type Question =
  | { readonly kind: 'discoInfo' | 'discoItems'; readonly from: Jid; readonly node: string | undefined }
  | {
      readonly kind: 'vcard' | 'allRights' | 'defaultRights' | 'invitations' | 'blocks';
      readonly from: Jid;
    }
  | ReadAvatar
  | { readonly kind: 'properties' | 'status' | 'info' | 'updates'; readonly from: Jid }
  | {
      readonly kind: 'members';
      readonly from: Jid;
      readonly since: number | undefined;
      readonly rsm: Rsm | undefined;
    }
  /** `id` is empty for oneself. */
  | { readonly kind: 'member' | 'rights'; readonly from: Jid; readonly id: string }
  /** `target` is empty for oneself. */
  | { readonly kind: 'permissions'; readonly from: Jid; readonly target: string }
  | { readonly kind: 'defaultPermissions'; readonly from: Jid; readonly list: DefaultList }
  | ReadArchive
  | { readonly kind: 'archiveForm'; readonly from: Jid; readonly version: ArchiveVersion }
  /** What was rewritten after version `since`; without it only the version is asked for. */
  | {
      readonly kind: 'rewrites';
      readonly from: Jid;
      readonly since: number | undefined;
      readonly lessThan: number | undefined;
    }
  | ServiceQuestion;

/** A page of the archive is asked for (XEP-0313; reference 12.1). */
export interface ReadArchive {
  readonly kind: 'archive';
  readonly from: Jid;
  /** The answer is in the same version of the extension. */
  readonly version: ArchiveVersion;
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

/** To the host: a group, named by its local part or its JID, is to be deleted. */
export interface Delete {
  readonly kind: 'delete';
  readonly from: Jid;
  readonly name: string;
}

/** What a stanza asks of the host. What is not a question goes to the mailbox of the group. */
export type HostCommand = HostQuestion | Worded<Create | Delete | OpenPrivateChat>;

/** What the host answers itself. */
export type HostQuestion = Worded<HostRequest>;

type HostRequest =
  | { readonly kind: 'discoInfo'; readonly from: Jid; readonly node: string | undefined }
  | {
      readonly kind: 'discoItems';
      readonly from: Jid;
      readonly node: string | undefined;
      readonly rsm: Rsm | undefined;
    }
  | { readonly kind: 'vcard'; readonly from: Jid }
  | { readonly kind: 'search'; readonly from: Jid; readonly wanted: SearchRequest }
  | ServiceQuestion;
