import { type BareJid, domainOf, type FullJid, withResource } from '../../jid/index.js';
import type { AvatarInfo } from '../../xep/0084-user-avatar.js';
import { type Restriction, type Rights, restricts } from './rights.js';

/** An opaque id of 16 characters that a member keeps for ever; never used again (reference 8.1). */
export type MemberId = string;

/** The id of a message in its group's archive: microseconds since the epoch, strictly growing. */
export type StanzaId = number;

/** Whether members see the JIDs of each other (`public`) or not (`incognito`). */
export type Privacy = 'public' | 'incognito';

/** Whether everybody may join, or only who is invited. */
export type Membership = 'open' | 'member-only';

/** Who may find a group: nobody, users of its host, everybody. */
export type Index = 'none' | 'local' | 'global';

/** How lively a group says that it is; `inactive` switches it off (reference 5.5). */
export type Status = 'fiesta' | 'discussion' | 'regulated' | 'limited' | 'restricted' | 'inactive';

/** `wait`: invited, or joining and not through the hand-shake yet; `none`: was a member once. */
export type Subscription = 'wait' | 'both' | 'none';

/** What the owner chooses at creation (reference 2.1); `privacy` never changes. */
export interface Properties {
  readonly name: string;
  readonly description: string;
  readonly privacy: Privacy;
  readonly membership: Membership;
  readonly index: Index;
  readonly contacts: readonly BareJid[];
  /** Only users of these domains may join; empty: everybody may. */
  readonly domains: readonly string[];
}

/** What a member has decided about himself. */
export interface Preferences {
  /** Whether nickname and avatar are taken from his vCard and PEP node (reference 5.4, `collect`). */
  readonly collects: boolean;
  /** Whether others may open private chats with him (reference 13.2). */
  readonly acceptsPrivateChats: boolean;
  /** Whether he is told live of joins, leaves and counters. */
  readonly receivesUpdates: boolean;
}

/** The preferences of a member who has said nothing of them. */
export const DEFAULT_PREFERENCES: Preferences = {
  collects: true,
  acceptsPrivateChats: true,
  receivesUpdates: true,
};

/** What somebody chose by hand, so that his vCard does not replace it. */
export interface Chosen {
  readonly nickname: boolean;
  readonly avatar: boolean;
}

/** All that is known of a member may be replaced by what his vCard says. */
export const NOTHING_CHOSEN: Chosen = { nickname: false, avatar: false };

/** A member, or somebody who is invited or was a member once. */
export interface Member {
  readonly id: MemberId;
  readonly jid: BareJid;
  readonly subscription: Subscription;
  /** Who invited him; only while the invitation is open. */
  readonly invitedBy: MemberId | undefined;
  /** From the user's vCard, chosen, or random in an incognito group; `undefined` until it is known. */
  readonly nickname: string | undefined;
  readonly badge: string;
  readonly avatar: AvatarInfo | undefined;
  readonly chosen: Chosen;
  readonly preferences: Preferences;
  readonly rights: Rights;
  /** The version of the member list in which this member last changed. */
  readonly version: number;
  /** When he last became a member, in milliseconds since the epoch; `0`: never, or before that was kept. */
  readonly joinedAt: number;
  /** Milliseconds since the epoch. */
  readonly lastSeen: number;
}

/** A bare JID or a domain that may not take part. */
export interface Block {
  readonly address: BareJid;
  readonly member: MemberId | undefined;
}

/** How fast members may write; `0`: as fast as they like (docs/decisions/0013-pace.md). */
export interface Pace {
  /** Seconds between two messages of one member. */
  readonly slowMode: number;
  /** The same during a member's first day, when it is more. */
  readonly slowModeForNewcomers: number;
}

/** Everybody writes as fast as he likes. */
export const NO_PACE: Pace = { slowMode: 0, slowModeForNewcomers: 0 };

/** How many messages came in a minute; minutes are those of the clock, counted since the epoch. */
export interface Tally {
  readonly minute: number;
  readonly count: number;
}

/** What one member wrote. */
export interface Written extends Tally {
  /** When he last wrote something to read, in milliseconds, `0` for never; reactions, for one, are not. */
  readonly wroteAt: number;
}

/** What there is to know of the last messages, to tell whether more may come. */
export interface Recent {
  readonly tally: Tally;
  readonly byMember: ReadonlyMap<MemberId, Written>;
}

/** What a member was last heard to do; `none`: nothing, since then. */
export interface TypingState {
  readonly state: 'composing' | 'paused' | 'none';
  /** The device that said so. */
  readonly resource: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** Who is typing, one state for each member, and the devices that want to hear of it. Not durable. */
export interface Typing {
  readonly states: ReadonlyMap<MemberId, TypingState>;
  /** For each member the resources of his devices; those that have closed the chat are not among them. */
  readonly listeners: ReadonlyMap<MemberId, readonly string[]>;
}

/**
 * A member has told one other member his JID, or has asked for his, and is not answered yet (reference 13.6). One that
 * is `over` was declined, or its author left before it was answered: it is kept because he may not come again
 * before the other one turns to him.
 */
export interface Disclosure {
  readonly from: MemberId;
  readonly to: MemberId;
  readonly type: 'offer' | 'request' | 'over';
  readonly reason: string;
}

/** The name of a pair of members, whoever of them is named first. A member id has no space in it. */
export const pairKey = (one: MemberId, other: MemberId): string => [one, other].sort().join(' ');

/** A group as its mailbox knows it. Only `evolve` writes it. */
export interface Group {
  readonly jid: BareJid;
  readonly properties: Properties;
  readonly status: Status;
  /** The pinned message; `0` for none. */
  readonly pinned: StanzaId;
  readonly createdAt: number;
  readonly avatar: AvatarInfo | undefined;
  /** The group of which this is a private chat between two (reference 13). */
  readonly parent: BareJid | undefined;
  /** What newcomers may not do, and for how many seconds; `0` for ever (reference 9.5). */
  readonly defaultRestrictions: ReadonlyMap<Restriction, number>;
  readonly pace: Pace;
  /** Disclosures without an answer, and those that are over, by `disclosureKey`. */
  readonly disclosures: ReadonlyMap<string, Disclosure>;
  /**
   * The addresses of the private chats between two members each, by `pairKey` (reference 13). A pair keeps its
   * address: there may be no chat at it any more, or none yet.
   */
  readonly privateChats: ReadonlyMap<string, BareJid>;
  readonly members: ReadonlyMap<MemberId, Member>;
  /** The index of large groups from JIDs to members; `memberByJid` knows where there is one. */
  readonly byJid: ReadonlyMap<BareJid, MemberId> | undefined;
  /** By the blocked JID or domain. */
  readonly blocks: ReadonlyMap<string, Block>;
  /** How many members have the subscription `both`: what `<members/>` says everywhere (trap T5). */
  readonly size: number;
  /** The version of the member list: an integer that grows with each change (trap T7). */
  readonly version: number;
  /** The highest id that a message ever had. */
  readonly lastStanzaId: StanzaId;
  /** The id of the newest message that is in the archive; `0`: it is empty. */
  readonly newestStanzaId: StanzaId;
  /** The version of the archive: grows each time when messages are retracted or replaced (reference 12.5). */
  readonly rewriteVersion: number;
  /**
   * Who has the chat open: for each member his devices, with the time of the last sign in milliseconds. Not
   * durable: it is worth nothing after a restart.
   */
  readonly sessions: ReadonlyMap<MemberId, ReadonlyMap<string, number>>;
  /** What was written a short while ago. Not durable either. */
  readonly recent: Recent;
  /** Who is typing, and who wants to hear of it. Not durable either. */
  readonly typing: Typing;
}

/** The name of a disclosure among those of its group. */
export const disclosureKey = ({ from, to }: Pick<Disclosure, 'from' | 'to'>): string => `${from} ${to}`;

/** Whoever has this JID among the members, invited ones and former ones included. */
export function memberByJid({ members, byJid }: Group, jid: BareJid): Member | undefined {
  if (byJid !== undefined) {
    const id = byJid.get(jid);
    return id === undefined ? undefined : members.get(id);
  }
  for (const member of members.values()) {
    if (member.jid === jid) return member;
  }
  return undefined;
}

/** The member behind a JID if the hand-shake is through, else `undefined`. */
export const activeMember = (group: Group, jid: BareJid): Member | undefined => {
  const member = memberByJid(group, jid);
  return member?.subscription === 'both' ? member : undefined;
};

/** The bare JIDs of all members with the subscription `both`, without `except`. */
export function memberJids(group: Group, except?: MemberId): BareJid[] {
  const jids: BareJid[] = [];
  for (const member of group.members.values()) {
    if (member.subscription === 'both' && member.id !== except) jids.push(member.jid);
  }
  return jids;
}

/**
 * Those among the members, without `except`, who may read what others write (reference 9.1, `read-messages`). `now`
 * in milliseconds.
 */
export function readerJids(group: Group, now: number, except?: MemberId): BareJid[] {
  const jids: BareJid[] = [];
  for (const { id, jid, subscription, rights } of group.members.values()) {
    if (subscription !== 'both' || id === except) continue;
    if (rights.size === 0 || !restricts(rights, 'read-messages', now)) jids.push(jid);
  }
  return jids;
}

/** The same of those who want to hear of joins, leaves and counters. */
export function updatedJids(group: Group): BareJid[] {
  const jids: BareJid[] = [];
  for (const { subscription, preferences, jid } of group.members.values()) {
    if (subscription === 'both' && preferences.receivesUpdates) jids.push(jid);
  }
  return jids;
}

/** The devices that have the chat open, of those who want to hear of counters. */
export function presentJids(group: Group): FullJid[] {
  const jids: FullJid[] = [];
  for (const [id, devices] of group.sessions) {
    const member = group.members.get(id);
    if (!member?.preferences.receivesUpdates) continue;
    jids.push(...devicesOf(member, devices.keys()));
  }
  return jids;
}

/**
 * The devices that hear who is typing, without those of `except`, and of those who may not read what others write. `now`
 * in milliseconds.
 */
export function typingJids(group: Group, now: number, except: MemberId): FullJid[] {
  const jids: FullJid[] = [];
  for (const [id, resources] of group.typing.listeners) {
    const member = group.members.get(id);
    if (member?.subscription !== 'both' || id === except) continue;
    if (restricts(member.rights, 'read-messages', now)) continue;
    jids.push(...devicesOf(member, resources));
  }
  return jids;
}

const devicesOf = (member: Member, resources: Iterable<string>): FullJid[] =>
  [...resources].flatMap((resource) => {
    const jid = withResource(member.jid, resource);
    return jid.ok ? [jid.value] : [];
  });

/** Whether the JID itself, or everybody of its domain, may not take part. */
export const isBlocked = (group: Group, jid: BareJid): boolean =>
  group.blocks.has(jid) || group.blocks.has(domainOf(jid));

/** The version that the next rewriting of the archive gets. */
export const nextRewriteVersion = (group: Group): number => group.rewriteVersion + 1;

/**
 * The version that the next change of the member list gets: seconds since the epoch, or one more than before. `now` in
 * milliseconds.
 */
export const nextVersion = (group: Group, now: number): number =>
  Math.max(Math.floor(now / 1000), group.version + 1);

/** The id of the next message of the archive: microseconds since the epoch. `now` in milliseconds. */
export const nextStanzaId = (group: Group, now: number): StanzaId =>
  Math.max(now * 1000, group.lastStanzaId + 1);
