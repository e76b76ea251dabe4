import type { BareJid } from '../../jid/index.js';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';
import type {
  Block,
  Disclosure,
  MemberId,
  Pace,
  Preferences,
  Properties,
  StanzaId,
  Status,
  TypingState,
} from './group.js';
import type { Restriction, Right } from './rights.js';

/** A message as the archive keeps it. */
export interface ArchivedMessage {
  readonly stanzaId: StanzaId;
  /** `undefined`: a system message, said by the group itself. */
  readonly author: MemberId | undefined;
  /** The `id` of the stanza: the author's own, so that receipts and markers name it. */
  readonly id: string;
  /**
   * The author's `origin-id`, if he gave one: (author, originId) is unique in a group. The `id` of a stanza
   * is no substitute: some clients count from 1 after each start.
   */
  readonly originId: string | undefined;
  /** What search looks in: the text without the nickname header. */
  readonly text: string;
  /** The children of `<message/>` as every reader gets them, serialised in the namespace `jabber:client`. */
  readonly xml: string;
}

/** A message of the archive with its place there, which the archive does not keep: it changes with what is retracted. */
export interface PlacedMessage extends ArchivedMessage {
  /** The id of the message before it, whoever wrote that; `0`: there is none. */
  readonly previous: StanzaId;
}

/** What members were told of a rewriting of the archive. */
export interface Rewrite {
  readonly version: number;
  /** Serialised. */
  readonly notification: string;
}

/** What has happened in a group. The only way in which a group changes, in memory and in the Store. */
export type GroupEvent =
  | { readonly kind: 'groupCreated'; readonly properties: Properties; readonly parent?: BareJid | undefined }
  /** With everything that belongs to it. */
  | { readonly kind: 'groupDeleted' }
  /** Somebody asked to join, for the first time or again; the hand-shake is under way. */
  | {
      readonly kind: 'joinRequested';
      readonly member: MemberId;
      readonly jid: BareJid;
      readonly nickname: string | undefined;
      readonly version: number;
    }
  /** Somebody was invited, for the first time or again. */
  | {
      readonly kind: 'invited';
      readonly member: MemberId;
      readonly jid: BareJid;
      readonly nickname: string | undefined;
      readonly by: MemberId;
      readonly version: number;
    }
  /** Declined or revoked. */
  | { readonly kind: 'invitationEnded'; readonly member: MemberId; readonly version: number }
  /** The hand-shake is through (the owner needs none). */
  | { readonly kind: 'memberJoined'; readonly member: MemberId; readonly version: number }
  | { readonly kind: 'memberLeft'; readonly member: MemberId; readonly version: number }
  /**
   * What a member's vCard and PEP say of him was taken over; `undefined` leaves as it is, `none` takes an avatar
   * away.
   */
  | {
      readonly kind: 'profileTaken';
      readonly member: MemberId;
      readonly nickname?: string | undefined;
      readonly badge?: string | undefined;
      readonly avatar?: AvatarInfo | 'none' | undefined;
      readonly version: number;
    }
  | {
      readonly kind: 'rightGranted';
      readonly member: MemberId;
      readonly right: Right;
      /** Seconds since the epoch; `0` for ever. */
      readonly until: number;
      readonly version: number;
    }
  | {
      readonly kind: 'rightRevoked';
      readonly member: MemberId;
      readonly right: Right;
      readonly version: number;
    }
  /** `seconds` for newcomers, `0` for ever; `undefined`: newcomers are free of it. */
  | {
      readonly kind: 'defaultRestrictionSet';
      readonly restriction: Restriction;
      readonly seconds: number | undefined;
    }
  | { readonly kind: 'blockAdded'; readonly block: Block }
  | { readonly kind: 'blockRemoved'; readonly address: BareJid }
  | { readonly kind: 'propertiesChanged'; readonly properties: Properties }
  | { readonly kind: 'statusChanged'; readonly status: Status }
  | { readonly kind: 'paceChanged'; readonly pace: Pace }
  /** `0`: none is pinned any more. */
  | { readonly kind: 'messagePinned'; readonly stanzaId: StanzaId }
  | { readonly kind: 'groupAvatarChanged'; readonly avatar: AvatarInfo | undefined }
  /** A nickname or badge was chosen, by the member himself or for him; `undefined` leaves as it is. */
  | {
      readonly kind: 'cardChanged';
      readonly member: MemberId;
      readonly nickname?: string | undefined;
      readonly badge?: string | undefined;
      readonly version: number;
    }
  /** An avatar was chosen, or taken away, by the member himself or for him. */
  | {
      readonly kind: 'avatarChanged';
      readonly member: MemberId;
      readonly avatar: AvatarInfo | undefined;
      readonly version: number;
    }
  /** The image behind an avatar's id; it stays when nobody uses it any more, for old messages name it. */
  | {
      readonly kind: 'avatarStored';
      readonly id: string;
      readonly mediaType: string;
      readonly base64: string;
    }
  /** Nobody has this avatar any more, and no message shows it. */
  | { readonly kind: 'avatarForgotten'; readonly id: string }
  | { readonly kind: 'preferencesChanged'; readonly member: MemberId; readonly preferences: Preferences }
  /** A device of a member shows the chat, or no longer does. */
  | {
      readonly kind: 'memberSeen';
      readonly member: MemberId;
      readonly resource: string;
      readonly present: boolean;
      readonly version: number;
    }
  /** A pair of members, named by `pairKey`, has got the address of its private chat. */
  | { readonly kind: 'privateChatOpened'; readonly pair: string; readonly chat: BareJid }
  | { readonly kind: 'disclosureOpened'; readonly disclosure: Disclosure }
  /** It cannot be answered any more, and its author cannot come again. */
  | { readonly kind: 'disclosureEnded'; readonly from: MemberId; readonly to: MemberId }
  /** Nothing is left of it: it was accepted, or nothing stands between the two any more. */
  | { readonly kind: 'disclosureClosed'; readonly from: MemberId; readonly to: MemberId }
  /**
   * The archive was rewritten: one message retracted; all of one author, or all; one replaced. `notification`
   * is what members are told, serialised, for those who were away; `newest` the id of the newest message that is
   * left, `0` for none.
   */
  | {
      readonly kind: 'messageRetracted';
      readonly stanzaId: StanzaId;
      readonly newest: StanzaId;
      readonly version: number;
      readonly notification: string;
    }
  | {
      readonly kind: 'historyRetracted';
      readonly author: MemberId | undefined;
      readonly newest: StanzaId;
      readonly version: number;
      readonly notification: string;
    }
  | {
      readonly kind: 'messageReplaced';
      readonly message: ArchivedMessage;
      readonly version: number;
      readonly notification: string;
    }
  /** Somebody's traces were taken out of these messages; nobody is told, and no version grows. */
  | { readonly kind: 'messagesCleaned'; readonly messages: readonly ArchivedMessage[] }
  /** The same with what was told of rewritings, by their versions. */
  | { readonly kind: 'rewritesCleaned'; readonly rewrites: readonly Rewrite[] }
  /**
   * An account is gone: of the member that it was nothing is left but the id, no block names it, and no contact. With
   * it goes what the log of the Store says of it.
   */
  | {
      readonly kind: 'accountErased';
      readonly jid: BareJid;
      readonly member?: MemberId | undefined;
      readonly version: number;
    }
  | { readonly kind: 'messagePosted'; readonly message: ArchivedMessage };

/** What happens but is worth nothing after a restart: it changes the group in memory, and no Store hears of it. */
export type PassingEvent =
  /** A member's device wants to hear who is typing, or no longer. */
  | {
      readonly kind: 'typingAsked';
      readonly member: MemberId;
      readonly resource: string;
      readonly asked: boolean;
    }
  /** A member began to write, paused, or (`none`) stopped. */
  | {
      readonly kind: 'typed';
      readonly member: MemberId;
      readonly resource: string;
      readonly state: TypingState['state'];
    }
  /** Nothing has been heard of a member's typing for long. */
  | { readonly kind: 'typingForgotten'; readonly member: MemberId };

const PASSING: Readonly<Record<PassingEvent['kind'], true>> = {
  typingAsked: true,
  typed: true,
  typingForgotten: true,
};

/** Whether an event is for the Store. */
export const isLasting = (event: DatedEvent | DatedPassingEvent): event is DatedEvent =>
  !(event.kind in PASSING);

/** A passing event with the time at which it was decided, in milliseconds since the epoch. */
export type DatedPassingEvent = PassingEvent & { readonly at: number };

/** An event with the time at which it was decided, in milliseconds since the epoch. */
export type DatedEvent = GroupEvent & { readonly at: number };
