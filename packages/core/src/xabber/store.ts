import type { BareJid } from '../jid/index.js';
import type { PageRequest } from '../xep/0059-result-set-management.js';
import type { ArchivedMessage, DatedEvent, PlacedMessage, Rewrite } from './model/events.js';
import type { MemberId, Properties, StanzaId } from './model/group.js';
import type { LoadedGroup } from './model/loaded-group.js';
import type { Medium } from './model/media.js';

/** A group as the Store gave it, with the number that the next commit must name. */
export interface StoredGroup {
  readonly group: LoadedGroup;
  /**
   * Grows by one with each change: two writers that believe they own a group cannot both commit. A JID never has the
   * same revision twice: who remembers a group that was removed, and made anew by somebody else, is noticed as well.
   */
  readonly revision: number;
}

/** What a request that somebody keeps for us was answered with, by the name under which it is kept. */
export interface Answered {
  readonly name: string;
  /** The serialised children of the answer; `''`: it has none. */
  readonly payload: string;
}

/** The decisions of one tick about one group. */
export interface Change {
  readonly group: BareJid;
  /** The revision that the decisions were made on; `0` for a group that does not exist yet. */
  readonly revision: number;
  readonly events: readonly DatedEvent[];
  /** Kept with the events for a day at least, for requests that come again because nobody knows whether they came. */
  readonly answered?: readonly Answered[];
}

/**
 * The revision that the group has now that the change is durable; `0`: it is gone. `conflict`: the group was not at
 * the revision of the change, or (revision 0) it exists already; nothing of the change was written.
 */
export type CommitOutcome = { readonly revision: number } | 'conflict';

/** Which messages of a group's archive are asked for; all conditions hold together (XEP-0313, section 4.1). */
export interface ArchiveQuery {
  readonly page: PageRequest & { readonly max: number };
  /** Milliseconds since the epoch, both included. */
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  /** Only messages after (before) this one, itself left out. */
  readonly afterId?: StanzaId | undefined;
  readonly beforeId?: StanzaId | undefined;
  readonly author?: MemberId | undefined;
  /** A part of the text, upper and lower case taken as the same. */
  readonly withText?: string | undefined;
  readonly ids?: readonly StanzaId[] | undefined;
  /** Only messages that carry one of these at least (see `carriesAny`). */
  readonly carrying?: readonly Medium[] | undefined;
}

/** A page of an archive. */
export interface ArchivePage {
  /** Oldest first. */
  readonly messages: readonly PlacedMessage[];
  /**
   * Whether nothing lies beyond the page in the direction of paging. A page may be shorter than was asked for
   * without being complete, when too many messages were looked through that no index knows.
   */
  readonly complete: boolean;
  /**
   * How many messages match the query without its page. In a long archive it may be about right where nothing but a
   * stretch is asked for, and is not told where counting would cost more than the page.
   */
  readonly count: number | undefined;
}

/** Messages of an archive that tell of somebody. */
export interface TracesPage {
  /** Newest first. */
  readonly messages: readonly ArchivedMessage[];
  /** The oldest message that was looked at; `undefined`: there is none before it. */
  readonly before: StanzaId | undefined;
}

/** An image, by the hash under which it was published (reference 8.6). */
export interface AvatarImage {
  readonly id: string;
  readonly mediaType: string;
  readonly base64: string;
}

/** What a list of groups says of each; `size` is the number of members. */
export interface GroupSummary {
  readonly jid: BareJid;
  readonly properties: Properties;
  readonly size: number;
}

/**
 * Where groups live (DESIGN section 3). Implementations are in `@xmpp-groups/storage`; each passes the same
 * contract test. All methods reject when the storage itself fails; nothing is half done then.
 */
export interface Store {
  /** A group with all its members; `undefined` when there is none at this JID. */
  load(group: BareJid): Promise<StoredGroup | undefined>;
  /** The revision that `load` would give, without the group; `0`: there is none. Tells whether somebody has written. */
  revision(group: BareJid): Promise<number>;
  /** Commits all changes in ONE transaction, durably; a conflict leaves only its own change out. */
  commit(changes: readonly Change[]): Promise<readonly CommitOutcome[]>;
  /** What the request of this name was answered with (`Answered.payload`); `undefined`: it did not happen, or long ago. */
  answered(name: string): Promise<string | undefined>;
  /** The message of `author` with this origin-id. */
  findByOrigin(group: BareJid, author: MemberId, originId: string): Promise<ArchivedMessage | undefined>;
  /** A page of the archive of a group; an empty one when there is no such group. */
  page(group: BareJid, query: ArchiveQuery): Promise<ArchivePage>;
  /** The id of the newest message before the one with this id, those of `except` left out; `0`: there is none. */
  previous(group: BareJid, before: StanzaId, except?: MemberId): Promise<StanzaId>;
  /** One message of the archive; `undefined` when there is none, or no more. */
  message(group: BareJid, id: StanzaId): Promise<ArchivedMessage | undefined>;
  /**
   * Which of the `max` messages before the one with the id `before` somebody wrote, or name his member id or his JID
   * in their content.
   */
  traces(
    group: BareJid,
    of: { readonly jid: BareJid; readonly member: MemberId | undefined },
    before: StanzaId,
    max: number,
  ): Promise<TracesPage>;
  /**
   * The notifications of what was rewritten after version `since`, oldest first, at most `max` of them. One with
   * the new content of a message is gone when that message is retracted or replaced again.
   */
  rewrites(group: BareJid, since: number, max: number): Promise<readonly Rewrite[]>;
  /** The image of an avatar that a member of the group, or the group itself, has or had. */
  avatar(group: BareJid, id: string): Promise<AvatarImage | undefined>;
  /**
   * The same, whichever group of the host it belongs to: for the address in which the id is the file name. Of
   * several with this id the one that was stored first, among those that `accepts` likes (default: all).
   */
  avatarById(
    host: string,
    id: string,
    accepts?: (image: AvatarImage) => boolean,
  ): Promise<AvatarImage | undefined>;
  /**
   * The private chats (reference 13) that no group knows of any more, in the order of their JIDs: it was removed, and
   * perhaps made anew.
   */
  orphans(): Promise<readonly BareJid[]>;
  /**
   * The groups, in the order of their JIDs, that know somebody: he is or was a member, or is invited, blocked, or one of
   * the contacts of the group.
   */
  groupsOf(jid: BareJid): Promise<readonly BareJid[]>;
  /** The groups that have a right which ends at or before `until`, in seconds; and the next end after that. */
  expiring(
    until: number,
  ): Promise<{ readonly groups: readonly BareJid[]; readonly next: number | undefined }>;
  /** All groups of one host, in the order of their JIDs, that the asker may find in a listing (reference 1.2). */
  listedGroups(host: string, asker: BareJid): Promise<readonly GroupSummary[]>;
  /** All groups, whoever asks, in the order of their JIDs. */
  allGroups(): Promise<readonly GroupSummary[]>;
  /** The groups of one host, private chats too, in the order of their JIDs. */
  jidsOn(host: string): Promise<readonly BareJid[]>;
  /** How many groups, and members of them, there are. */
  totals(): Promise<{ readonly groups: number; readonly members: number }>;
  /** Removes a group with everything that belongs to it; `false` when there was none. */
  remove(group: BareJid): Promise<boolean>;
  /** Lets go of the storage; nothing may be called afterwards. */
  close(): Promise<void>;
}
