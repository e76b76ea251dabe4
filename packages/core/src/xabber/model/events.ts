import type { BareJid } from '../../jid/index.js';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';
import type { Block, MemberId, Properties, StanzaId, Status } from './group.js';
import type { Right } from './rights.js';

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

/** What has happened in a group. The only way in which a group changes, in memory and in the Store. */
export type GroupEvent =
  | { readonly kind: 'groupCreated'; readonly properties: Properties }
  /** Somebody asked to join, for the first time or again; the hand-shake is under way. */
  | {
      readonly kind: 'joinRequested';
      readonly member: MemberId;
      readonly jid: BareJid;
      readonly nickname: string | undefined;
      readonly version: number;
    }
  /** The hand-shake is through (the owner needs none). */
  | { readonly kind: 'memberJoined'; readonly member: MemberId; readonly version: number }
  | { readonly kind: 'memberLeft'; readonly member: MemberId; readonly version: number }
  /** What a member's vCard and PEP say of him was taken over; `undefined` leaves as it is. */
  | {
      readonly kind: 'profileTaken';
      readonly member: MemberId;
      readonly nickname?: string | undefined;
      readonly badge?: string | undefined;
      readonly avatar?: AvatarInfo | undefined;
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
  | { readonly kind: 'blockAdded'; readonly block: Block }
  | { readonly kind: 'statusChanged'; readonly status: Status }
  | { readonly kind: 'messagePosted'; readonly message: ArchivedMessage };

/** An event with the time at which it was decided, in milliseconds since the epoch. */
export type DatedEvent = GroupEvent & { readonly at: number };
