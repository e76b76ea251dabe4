import type { BareJid, Jid } from '../jid/index.js';
import type { StanzaError } from '../stanza/error.js';
import type { AvatarInfo } from '../xep/0084-user-avatar.js';
import type { ChatState } from '../xep/0085-chat-states.js';
import type { ArchiveVersion } from '../xep/0313-message-archive.js';
import type { XmlElement } from '../xml/element.js';
import type { DisclosureStep, GroupCommand, Vocabulary } from './command.js';
import type { UserCard } from './elements/user.js';
import type { ArchivedMessage, GroupEvent, PassingEvent, PlacedMessage } from './model/events.js';
import type { Member, MemberId } from './model/group.js';
import type { MemberList } from './present/member-list.js';

/**
 * What a group decided about a command: what happened, and what is to be said about it once that is durable.
 * `refused` becomes the error stanza; nearly always nothing has happened then.
 */
export interface Decision {
  readonly events: readonly (GroupEvent | PassingEvent)[];
  readonly notices: readonly Notice[];
  readonly refused?: StanzaError;
  /** What is said may have been said before, as far as that came. */
  readonly isReplay?: true;
}

/**
 * Who is told: all members; those who want to hear of joins, leaves and counters (`updated`); of these, the
 * devices that have the chat open (`present`).
 */
export type Audience = 'members' | 'updated' | 'present';

/** Something to be said; `present` makes stanzas of it, from the group as it is after the events. */
export type Notice =
  /** The result of the IQ that was decided; what came as a message needs none. */
  | { readonly kind: 'result'; readonly payload: readonly XmlElement[] }
  /** The same where it is a long list of members, whose text is made when it can be sent. */
  | { readonly kind: 'list'; readonly list: MemberList }
  /** The group's own presence, with all that it says of itself; without a type: available. */
  | {
      readonly kind: 'presence';
      readonly to: readonly Jid[] | Audience;
      readonly type?: 'subscribe' | 'subscribed';
      readonly vocabulary?: Vocabulary;
    }
  /** To somebody who is not, or is no longer, a member. */
  | {
      readonly kind: 'parting';
      readonly to: BareJid | readonly BareJid[];
      readonly type: 'unsubscribe' | 'unsubscribed' | 'unavailable';
    }
  /** Tells somebody who is not a member that a member invites him. */
  | {
      readonly kind: 'invitation';
      readonly to: BareJid;
      readonly by: Pick<Member, 'id' | 'jid' | 'nickname'>;
      readonly reason: string | undefined;
    }
  /** Tells a member what another one wants him to know, and nobody else (docs/disclosure.md). */
  | {
      readonly kind: 'disclosed';
      readonly to: BareJid;
      readonly by: Member;
      readonly type: DisclosureStep;
      /** Whether his real JID is part of it. */
      readonly tellsJid: boolean;
      readonly reason: string | undefined;
    }
  /** A message to all members but its author. */
  | { readonly kind: 'copies'; readonly message: PlacedMessage }
  /** The author's own message, to all of his devices or those that understand it. */
  | {
      readonly kind: 'echo';
      readonly message: PlacedMessage;
      readonly author: Jid;
      readonly to: readonly Jid[];
    }
  /** The same in the words of the first generation, to the device that asked for it (reference 16). */
  | { readonly kind: 'received'; readonly message: PlacedMessage; readonly author: Jid }
  | ProfileQuestion
  /** Word of the avatar of a member, or without `of` of the group itself; to devices, or to all members. */
  | { readonly kind: 'avatar'; readonly of: MemberId | undefined; readonly to: readonly Jid[] | 'members' }
  /** What the group itself says; to all members unless `to` says otherwise. */
  | {
      readonly kind: 'system';
      readonly message: PlacedMessage;
      readonly to?: Exclude<Audience, 'present'>;
    }
  /**
   * A command for another group of this host. With `answers` it is that group which answers the request, in place of
   * this one.
   */
  | {
      readonly kind: 'pass';
      readonly to: BareJid;
      readonly command: GroupCommand;
      readonly answers: boolean;
    }
  /** Tells a person whose message was refused why; not again to the same one within `every` milliseconds. */
  | {
      readonly kind: 'explanation';
      readonly to: Jid;
      readonly text: string;
      readonly users: readonly UserCard[];
      readonly every: number;
    }
  /** Messages of the archive, to the one who asked; `end` comes behind them where it is no result. */
  | {
      readonly kind: 'history';
      readonly to: Jid;
      readonly version: ArchiveVersion;
      readonly queryId: string | undefined;
      readonly messages: readonly PlacedMessage[];
      readonly vocabulary?: Vocabulary | undefined;
      readonly end: XmlElement | undefined;
    }
  /** That the archive was rewritten: what the event says. A new text is for those alone who may read. */
  | { readonly kind: 'rewritten'; readonly notification: string; readonly to: 'members' | 'readers' }
  /** The same about the past, to the one who asked. */
  | { readonly kind: 'rewrites'; readonly to: Jid; readonly notifications: readonly string[] }
  /** A message was retracted, in the words of XEP-0424: to all members but its author. */
  | { readonly kind: 'retraction'; readonly message: ArchivedMessage }
  /** A message has a new text, in the words of XEP-0308: to all members but its author. */
  | { readonly kind: 'correction'; readonly message: ArchivedMessage }
  /**
   * A message was seen: to its author, once for it and those that he wrote before; to all when the group said
   * it itself.
   */
  | { readonly kind: 'seen'; readonly message: ArchivedMessage; readonly by: MemberId }
  /** A member is typing, or no longer: to the devices that asked for it, or to one that asks now. */
  | {
      readonly kind: 'typing';
      readonly by: Member;
      readonly state: ChatState;
      readonly to?: readonly Jid[];
    };

/**
 * A question to a user's server, about the user. What it answers comes back as a `profile` command.
 * - `vcard`: his nickname and photo;
 * - `avatar`: what there is to know of his avatar (XEP-0084);
 * - `picture`: the same, or where he has none the photo of his vCard; not again while `photo`, by which the group
 *   has heard of it, is the same;
 * - `image`: the image of the avatar `info`;
 * - `changed`: his nickname as it is now, and the photo of his vCard where he has no avatar.
 */
export type ProfileQuestion = { readonly kind: 'question'; readonly about: BareJid } & (
  | { readonly topic: 'vcard' | 'avatar' | 'changed' }
  | { readonly topic: 'picture'; readonly photo: string }
  | { readonly topic: 'image'; readonly info: AvatarInfo }
);

/** Nothing happens and nothing is said. */
export const NOTHING: Decision = { events: [], notices: [] };

/** Only something to say. */
export const say = (...notices: Notice[]): Decision => ({ events: [], notices });

/** The command is refused; `notices` are said besides. */
export const refuseWith = (refused: StanzaError, ...notices: Notice[]): Decision => ({
  events: [],
  notices,
  refused,
});

/** How often, at most, somebody is told in words why his messages are refused, in milliseconds (reference 6.7). */
const EXPLAIN_EVERY = 60_000;

/**
 * What somebody wrote is refused, and the group says so in words, for clients that do not show errors; in those of the
 * error unless others are given.
 */
export const refuseInWords = (
  refused: StanzaError,
  to: Jid,
  users: readonly UserCard[] = [],
  text = refused.text,
): Decision => refuseWith(refused, { kind: 'explanation', to, text, users, every: EXPLAIN_EVERY });

/** The answer to an IQ. */
export const answer = (...payload: XmlElement[]): Decision => say({ kind: 'result', payload });
