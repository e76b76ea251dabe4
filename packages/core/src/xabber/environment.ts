import type { BareJid, Jid } from '../jid/index.js';
import type { ArchivedMessage, PlacedMessage, Rewrite } from './model/events.js';
import type { MemberId, StanzaId } from './model/group.js';
import type { ArchivePage, AvatarImage, TracesPage } from './store.js';

/** What there is to know of bytes that are written as base64. */
export interface Digested {
  /** How many bytes they are. */
  readonly bytes: number;
  /** Their SHA-1, in hexadecimal. */
  readonly sha1: string;
  /** The SHA-1 of the base64 text itself, which some clients take instead (reference 8.6). */
  readonly textSha1: string;
}

/** `undefined` when a text is not base64. */
export type Digest = (base64: string) => Digested | undefined;

/** What a decision may not know of itself: the clock, chance, and how the host is set up. */
export interface Environment {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** A new id for a stanza; nobody can guess it. */
  newId(): string;
  /** A new member id: 16 lower-case letters and digits. */
  newMemberId(): MemberId;
  /** A new local part for a group that nobody has named; nobody can guess it. */
  newLocalpart(): string;
  /** A random whole number from 0 to `below` - 1. */
  random(below: number): number;
  readonly digest: Digest;
  /** The SHA-1 of a text in UTF-8, in base64. */
  sha1(text: string): string;
  readonly host: Host;
}

/** How many messages are taken in each minute of the clock; `0`: as many as come. */
export interface Limits {
  /** Of one member, in one group. */
  readonly memberMessagesPerMinute: number;
  /** Of all members of a group together. */
  readonly groupMessagesPerMinute: number;
}

/** How the host is set up. */
export interface Host {
  readonly domain: BareJid;
  /** Whether users have addresses of this domain, too; default: only groups. */
  readonly hasUsers?: boolean | undefined;
  readonly softwareVersion: string;
  /** Whether copies carry a hint that keeps them out of the members' own archives (DESIGN 4.5). */
  readonly archiveHint: boolean;
  /** The beginning of the addresses of avatars, to which their ids are added; `undefined`: they have none. */
  readonly avatarsAt?: string | undefined;
  /** Who keeps an index of the groups that want to be found everywhere (reference 14.1). */
  readonly indexServices: readonly BareJid[];
  /** How much members may write, whatever their groups allow; `undefined`: as much as they like. */
  readonly limits?: Limits | undefined;
  /** Whether the operator lets somebody create groups. */
  mayCreate(jid: Jid): boolean;
}

/** What was looked up in the Store before the decision, because the command needs it (see `lookupFor`). */
export interface Found {
  /** The message that the author had archived before under the same origin-id. */
  readonly repeated?: PlacedMessage | undefined;
  readonly page?: ArchivePage | undefined;
  /** The image that is stored under the id that the command names. */
  readonly image?: AvatarImage | undefined;
  /** The message of the archive that the command names; for a retraction of many, the pinned one. */
  readonly message?: ArchivedMessage | undefined;
  /** The newest message that a retraction leaves; `0`: none. */
  readonly newest?: StanzaId | undefined;
  /** The images that are stored under the ids that the command needs. */
  readonly images?: readonly AvatarImage[] | undefined;
  readonly rewrites?: readonly Rewrite[] | undefined;
  /** Messages that tell of somebody who is to be forgotten. */
  readonly traces?: TracesPage | undefined;
}
