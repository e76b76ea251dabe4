import type { BareJid } from '../../jid/index.js';
import { listOf, none, withEntry, withoutEntry } from './entries.js';
import { erasedJid } from './erased.js';
import type { DatedEvent, DatedPassingEvent } from './events.js';
import {
  type Block,
  DEFAULT_PREFERENCES,
  type Disclosure,
  disclosureKey,
  type Group,
  type Member,
  type MemberId,
  NO_PACE,
  NOTHING_CHOSEN,
} from './group.js';
import { noteWritten, nothingWritten, type WritableRecent } from './recent.js';
import { NO_RIGHTS, RESTRICTIONS, type Restriction, type Right, type Rights } from './rights.js';
import { nobodyTyping, noteTyping, type WritableTyping } from './typing.js';

/** `Group` to write in. Groups have up to tens of thousands of members: an event changes them in place. */
interface WritableGroup extends Group {
  properties: Group['properties'];
  status: Group['status'];
  pinned: Group['pinned'];
  avatar: Group['avatar'];
  pace: Group['pace'];
  defaultRestrictions: Group['defaultRestrictions'];
  disclosures: Group['disclosures'];
  privateChats: Group['privateChats'];
  readonly members: Map<MemberId, Member>;
  readonly byJid: Map<BareJid, MemberId>;
  blocks: Group['blocks'];
  sessions: Group['sessions'];
  recent: WritableRecent;
  readonly typing: WritableTyping;
  size: number;
  version: number;
  lastStanzaId: number;
  newestStanzaId: number;
  rewriteVersion: number;
}

/** A group that only this module can write to: what `evolve` takes and gives back. */
export type LoadedGroup = WritableGroup;

const RESTRICTION_NAMES: ReadonlySet<Right> = new Set(RESTRICTIONS);

/** What a Store keeps of a group besides the lists that belong to it. */
export type KeptGroup = Pick<
  Group,
  | 'jid'
  | 'properties'
  | 'status'
  | 'pinned'
  | 'createdAt'
  | 'avatar'
  | 'parent'
  | 'pace'
  | 'version'
  | 'lastStanzaId'
  | 'newestStanzaId'
  | 'rewriteVersion'
>;

/** The lists that belong to a group. */
export interface KeptLists {
  readonly members: Iterable<Member>;
  readonly blocks: Iterable<Block>;
  readonly defaultRestrictions: Iterable<readonly [Restriction, number]>;
  readonly disclosures: Iterable<Disclosure>;
  readonly privateChats: Iterable<readonly [pair: string, chat: BareJid]>;
}

/** A group from what a Store kept of it; `size` is counted anew, nobody has it open, has just written or is writing. */
export function groupFrom(kept: KeptGroup, lists: KeptLists): LoadedGroup {
  const group: WritableGroup = {
    ...kept,
    members: new Map(),
    byJid: new Map(),
    blocks: listOf([...lists.blocks].map((block) => [block.address, block])),
    defaultRestrictions: listOf(lists.defaultRestrictions),
    disclosures: listOf([...lists.disclosures].map((open) => [disclosureKey(open), open])),
    privateChats: listOf(lists.privateChats),
    sessions: none(),
    recent: nothingWritten(),
    typing: nobodyTyping(),
    size: 0,
  };
  for (const member of lists.members) put(group, member);
  return group;
}

const NO_LISTS: KeptLists = {
  members: [],
  blocks: [],
  defaultRestrictions: [],
  disclosures: [],
  privateChats: [],
};

function put(group: WritableGroup, member: Member): void {
  const before = group.members.get(member.id);
  group.size += Number(member.subscription === 'both') - Number(before?.subscription === 'both');
  group.members.set(member.id, member);
  group.byJid.set(member.jid, member.id);
}

function known(group: WritableGroup, id: MemberId): Member {
  const member = group.members.get(id);
  if (member === undefined) throw new Error(`${group.jid}: an event names the unknown member ${id}`);
  return member;
}

function change(group: WritableGroup, id: MemberId, version: number, changes: Partial<Member>): void {
  put(group, { ...known(group, id), ...changes, version });
  group.version = Math.max(group.version, version);
}

/** Somebody who is not a member yet comes into the list, or comes back to it: he keeps what he had. */
function enlist(
  group: WritableGroup,
  event: Extract<DatedEvent, { kind: 'joinRequested' | 'invited' }>,
  invitedBy: MemberId | undefined,
): void {
  const before = group.members.get(event.member);
  const holder = group.byJid.get(event.jid) ?? event.member;
  if (holder !== event.member) {
    throw new Error(`${group.jid}: ${event.jid} is the member ${holder} and cannot be ${event.member} too`);
  }
  if (before !== undefined && before.jid !== event.jid) group.byJid.delete(before.jid);
  put(group, {
    id: event.member,
    jid: event.jid,
    subscription: 'wait',
    invitedBy,
    nickname: event.nickname ?? before?.nickname,
    badge: before?.badge ?? '',
    avatar: before?.avatar,
    chosen: before?.chosen ?? NOTHING_CHOSEN,
    preferences: before?.preferences ?? DEFAULT_PREFERENCES,
    rights: before?.rights ?? NO_RIGHTS,
    version: event.version,
    joinedAt: before?.joinedAt ?? 0,
    lastSeen: event.at,
  });
  group.version = Math.max(group.version, event.version);
}

/** Permissions end with the membership; restrictions outlast it, or leaving would lift them (reference 3.3). */
function restrictionsOf(rights: Rights): Rights {
  const kept = new Map([...rights].filter(([right]) => RESTRICTION_NAMES.has(right)));
  return kept.size === 0 ? NO_RIGHTS : kept;
}

/** Nothing is left of an account: what its member did and said belongs to somebody without a name. */
function erase(group: WritableGroup, event: Extract<DatedEvent, { kind: 'accountErased' }>): void {
  const { jid, member, version } = event;
  group.blocks = withoutEntry(group.blocks, jid);
  const { contacts } = group.properties;
  if (contacts.includes(jid)) {
    group.properties = { ...group.properties, contacts: contacts.filter((contact) => contact !== jid) };
  }
  if (member === undefined) return;
  group.byJid.delete(jid);
  put(group, {
    id: member,
    jid: erasedJid(member),
    subscription: 'none',
    invitedBy: undefined,
    nickname: undefined,
    badge: '',
    avatar: undefined,
    chosen: NOTHING_CHOSEN,
    preferences: DEFAULT_PREFERENCES,
    rights: NO_RIGHTS,
    version,
    joinedAt: 0,
    lastSeen: 0,
  });
  group.version = Math.max(group.version, version);
  group.sessions = withoutEntry(group.sessions, member);
  group.disclosures = listOf(
    [...group.disclosures].filter(([, { from, to }]) => from !== member && to !== member),
  );
  group.privateChats = listOf([...group.privateChats].filter(([pair]) => !pair.split(' ').includes(member)));
}

/**
 * The group after `event`. The only writer of the model: it changes the group that it is given and returns
 * it. `undefined` stands for the group before its `groupCreated` and after its `groupDeleted`.
 * @throws Error when the event cannot have happened to this group; the caller's state is wrong then
 */
export function evolve(
  group: LoadedGroup | undefined,
  jid: BareJid,
  event: DatedEvent | DatedPassingEvent,
): LoadedGroup | undefined {
  if (event.kind === 'groupCreated') {
    if (group !== undefined) throw new Error(`${jid}: created twice`);
    return groupFrom(
      {
        jid,
        properties: event.properties,
        status: 'discussion',
        pinned: 0,
        createdAt: event.at,
        avatar: undefined,
        parent: event.parent,
        pace: NO_PACE,
        version: 0,
        lastStanzaId: 0,
        newestStanzaId: 0,
        rewriteVersion: 0,
      },
      NO_LISTS,
    );
  }
  if (group === undefined) throw new Error(`${jid}: ${event.kind} of a group that does not exist`);
  noteTyping(group.typing, event);
  switch (event.kind) {
    case 'groupDeleted':
      return undefined;
    case 'joinRequested':
      enlist(group, event, undefined);
      return group;
    case 'invited':
      enlist(group, event, event.by);
      return group;
    case 'invitationEnded':
      change(group, event.member, event.version, { subscription: 'none', invitedBy: undefined });
      return group;
    case 'memberJoined':
      change(group, event.member, event.version, {
        subscription: 'both',
        invitedBy: undefined,
        joinedAt: event.at,
        lastSeen: event.at,
      });
      return group;
    case 'memberLeft':
      change(group, event.member, event.version, {
        subscription: 'none',
        invitedBy: undefined,
        rights: restrictionsOf(group.members.get(event.member)?.rights ?? NO_RIGHTS),
        lastSeen: event.at,
      });
      group.sessions = withoutEntry(group.sessions, event.member);
      return group;
    case 'profileTaken': {
      const before = group.members.get(event.member);
      change(group, event.member, event.version, {
        nickname: event.nickname ?? before?.nickname,
        badge: event.badge ?? before?.badge ?? '',
        avatar: event.avatar === 'none' ? undefined : (event.avatar ?? before?.avatar),
      });
      return group;
    }
    case 'rightGranted': {
      const rights = new Map(group.members.get(event.member)?.rights);
      change(group, event.member, event.version, { rights: rights.set(event.right, event.until) });
      return group;
    }
    case 'rightRevoked': {
      const rights = new Map(group.members.get(event.member)?.rights);
      rights.delete(event.right);
      change(group, event.member, event.version, { rights: rights.size === 0 ? NO_RIGHTS : rights });
      return group;
    }
    case 'defaultRestrictionSet':
      group.defaultRestrictions =
        event.seconds === undefined
          ? withoutEntry(group.defaultRestrictions, event.restriction)
          : withEntry(group.defaultRestrictions, event.restriction, event.seconds);
      return group;
    case 'blockAdded':
      group.blocks = withEntry(group.blocks, event.block.address, event.block);
      return group;
    case 'blockRemoved':
      group.blocks = withoutEntry(group.blocks, event.address);
      return group;
    case 'propertiesChanged':
      group.properties = event.properties;
      return group;
    case 'statusChanged':
      group.status = event.status;
      if (event.status === 'inactive') group.sessions = none();
      return group;
    case 'paceChanged':
      group.pace = event.pace;
      return group;
    case 'messagePinned':
      group.pinned = event.stanzaId;
      return group;
    case 'groupAvatarChanged':
      group.avatar = event.avatar;
      return group;
    case 'cardChanged': {
      const before = known(group, event.member);
      change(group, event.member, event.version, {
        nickname: event.nickname ?? before.nickname,
        badge: event.badge ?? before.badge,
        chosen: { ...before.chosen, nickname: before.chosen.nickname || event.nickname !== undefined },
      });
      return group;
    }
    case 'avatarChanged':
      change(group, event.member, event.version, {
        avatar: event.avatar,
        chosen: { ...known(group, event.member).chosen, avatar: true },
      });
      return group;
    case 'preferencesChanged': {
      const member = known(group, event.member);
      group.members.set(member.id, { ...member, preferences: event.preferences });
      return group;
    }
    case 'memberSeen': {
      const devices = new Map(group.sessions.get(event.member));
      if (event.present) devices.set(event.resource, event.at);
      else devices.delete(event.resource);
      group.sessions =
        devices.size === 0
          ? withoutEntry(group.sessions, event.member)
          : withEntry(group.sessions, event.member, devices);
      change(group, event.member, event.version, { lastSeen: event.at });
      return group;
    }
    case 'privateChatOpened':
      group.privateChats = withEntry(group.privateChats, event.pair, event.chat);
      return group;
    case 'disclosureOpened':
      group.disclosures = withEntry(group.disclosures, disclosureKey(event.disclosure), event.disclosure);
      return group;
    case 'disclosureEnded':
      group.disclosures = withEntry(group.disclosures, disclosureKey(event), {
        from: event.from,
        to: event.to,
        type: 'over',
        reason: '',
      });
      return group;
    case 'disclosureClosed':
      group.disclosures = withoutEntry(group.disclosures, disclosureKey(event));
      return group;
    case 'messageRetracted':
    case 'historyRetracted':
    case 'messageReplaced':
      if (event.kind === 'messageReplaced') noteWritten(group.recent, event);
      else group.newestStanzaId = event.newest;
      group.rewriteVersion = Math.max(group.rewriteVersion, event.version);
      return group;
    case 'accountErased':
      erase(group, event);
      return group;
    case 'avatarStored':
    case 'avatarForgotten':
    case 'messagesCleaned':
    case 'rewritesCleaned':
      // Images and archives are kept by the Store alone.
      return group;
    case 'typingAsked':
    case 'typed':
    case 'typingForgotten':
      return group;
    case 'messagePosted':
      if (event.message.author !== undefined) {
        const author = known(group, event.message.author);
        group.members.set(author.id, { ...author, lastSeen: event.at });
        noteWritten(group.recent, event);
      }
      group.lastStanzaId = Math.max(group.lastStanzaId, event.message.stanzaId);
      group.newestStanzaId = event.message.stanzaId;
      return group;
  }
}
