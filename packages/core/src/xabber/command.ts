import type { BareJid, Jid } from '../jid/index.js';
import type { Rsm } from '../xep/0059-result-set-management.js';
import type { ChatState } from '../xep/0085-chat-states.js';
import type { ChangeCard, Profile, PublishAvatar, PublishImage } from './command/cards.js';
import type { ChangeBlocks, Disclose, Invite, Kick } from './command/company.js';
import type { Erase } from './command/erase.js';
import type { BeginPrivateChat, Create, Delete, OpenPrivateChat } from './command/founding.js';
import type { Displayed, Post, Rewriting } from './command/messages.js';
import type { Appeared, Subscribe } from './command/presence.js';
import type { Question, ServiceQuestion } from './command/questions.js';
import type {
  SetDefaultPermissions,
  SetDefaultRights,
  SetPermissions,
  SetRights,
  TransferOwnership,
} from './command/rights.js';
import type { AdHoc, SettingsCommand } from './command/settings.js';
import type { Worded } from './command/words.js';
import type { SearchRequest } from './elements/search.js';

export type * from './command/cards.js';
export type * from './command/company.js';
export type * from './command/erase.js';
export type * from './command/founding.js';
export type * from './command/messages.js';
export type * from './command/presence.js';
export type * from './command/questions.js';
export type * from './command/rights.js';
export type * from './command/settings.js';
export type * from './command/words.js';

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
  | { readonly kind: 'opened' | 'closed' | 'disappeared'; readonly from: Jid; readonly state?: ChatState }
  /** Somebody is writing, or has paused (XEP-0085). */
  | { readonly kind: 'typed'; readonly from: Jid; readonly state: 'composing' | 'paused' }
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
  | Erase
  /** A user's server says that his vCard has changed. Nobody else does. */
  | { readonly kind: 'vcardChanged'; readonly from: BareJid }
  | Question;

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
