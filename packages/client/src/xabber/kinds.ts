import type { BareJid, Jid } from '@xmpp-groups/core/jid';
import type {
  AvatarEvent,
  Disclosed,
  GroupInfo,
  GroupMessage,
  ReadInvitation,
  UserCard,
} from '@xmpp-groups/core/xabber';
import type { GroupsError } from '../errors.js';
import type { Retraction } from './rewrite.js';

/** Where a message of one's own is. */
export type SendState =
  | { readonly kind: 'sending' }
  /** The group has it: as the others got it, under this id in the archive. */
  | { readonly kind: 'stored'; readonly stanzaId: string; readonly message: GroupMessage }
  | { readonly kind: 'failed'; readonly error: GroupsError };

/** What happens in groups, by the names of the events. */
export interface XabberEvents {
  /**
   * A message of a group that is followed, once and in the order of the archive: system messages and one's own too.
   * `live`: it came as it was written; otherwise it was caught up with.
   */
  readonly message: {
    readonly group: BareJid;
    readonly message: GroupMessage;
    readonly own: boolean;
    readonly live: boolean;
  };
  /** A message that was sent from here has come further. */
  readonly sent: { readonly group: BareJid; readonly originId: string; readonly state: SendState };
  /** Somebody has reacted to a message, or has taken that back; in the order of the messages, as they are told. */
  readonly reaction: {
    readonly group: BareJid;
    /** The `id` of the message. */
    readonly to: string;
    /** All reactions of this member to it from now on. */
    readonly emojis: readonly string[];
    readonly message: GroupMessage;
    readonly own: boolean;
    readonly live: boolean;
  };
  /**
   * A message has got another text. Rewritings of a followed group are told once each, in the order of their versions;
   * those of an absence too.
   */
  readonly edited: {
    readonly group: BareJid;
    readonly stanzaId: string;
    /** As it is now; `undefined` when that cannot be read. */
    readonly message: GroupMessage | undefined;
    readonly version: number;
  };
  /** Messages are gone; `by`: whose doing it was, if that is told. */
  readonly retracted: {
    readonly group: BareJid;
    readonly what: Retraction;
    readonly by: Jid | undefined;
    readonly version: number;
  };
  /** Too much was rewritten during an absence: what is remembered of the history is to be read anew. */
  readonly invalidated: { readonly group: BareJid; readonly version: number };
  /** Somebody has seen a message of one's own, and all that one wrote before it. */
  readonly displayed: {
    readonly group: BareJid;
    readonly stanzaId: string | undefined;
    /** The `id` of the message, which is its origin-id if it was sent from here. */
    readonly id: string;
  };
  /** In an incognito group somebody tells who he is, asks who one is, or answers that (docs/disclosure.md). */
  readonly disclosed: { readonly group: BareJid; readonly disclosed: Disclosed };
  /** What a group tells of itself; also how the groups of the account become known after the login. */
  readonly group: { readonly group: BareJid; readonly info: GroupInfo };
  /** The group has ended the membership: left, removed, or the group is deleted. */
  readonly ended: { readonly group: BareJid };
  /** The list of members, loaded before, has changed. */
  readonly members: { readonly group: BareJid; readonly members: ReadonlyMap<string, UserCard> };
  readonly invitation: { readonly invitation: ReadInvitation };
  readonly avatar: { readonly group: BareJid; readonly avatar: AvatarEvent };
  /** Everything that was missed in a followed group has been told. */
  readonly caughtUp: { readonly group: BareJid };
  /** Something failed that was done without being asked for. */
  readonly fault: { readonly group: BareJid | undefined; readonly error: GroupsError };
}
