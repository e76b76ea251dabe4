import { listOf, withoutEntry } from './entries.js';
import { erasedJid } from './erased.js';
import type { DatedEvent } from './events.js';
import { DEFAULT_PREFERENCES, type Member, type MemberId, memberByJid, NOTHING_CHOSEN } from './group.js';
import { type LoadedGroup, put } from './loaded-group.js';
import { NO_RIGHTS, RESTRICTIONS, type Right, type Rights } from './rights.js';

const RESTRICTION_NAMES: ReadonlySet<Right> = new Set(RESTRICTIONS);

/** @throws Error when there is no such member: the event cannot have happened to this group */
export function known(group: LoadedGroup, id: MemberId): Member {
  const member = group.members.get(id);
  if (member === undefined) throw new Error(`${group.jid}: an event names the unknown member ${id}`);
  return member;
}

/** Changes what is known of a member, at this version of the list. */
export function change(group: LoadedGroup, id: MemberId, version: number, changes: Partial<Member>): void {
  put(group, { ...known(group, id), ...changes, version });
  group.version = Math.max(group.version, version);
}

/**
 * A member who was heard of. Written out, for this is done with each message: to copy so many properties by `...` takes V8
 * ten times as long, and leaves an object that is larger.
 */
export const seenAt = (member: Member, lastSeen: number): Member => ({
  id: member.id,
  jid: member.jid,
  subscription: member.subscription,
  invitedBy: member.invitedBy,
  nickname: member.nickname,
  badge: member.badge,
  avatar: member.avatar,
  chosen: member.chosen,
  preferences: member.preferences,
  rights: member.rights,
  version: member.version,
  joinedAt: member.joinedAt,
  lastSeen,
});

/** Somebody who is not a member yet comes into the list, or comes back to it: he keeps what he had. */
export function enlist(
  group: LoadedGroup,
  event: Extract<DatedEvent, { kind: 'joinRequested' | 'invited' }>,
  invitedBy: MemberId | undefined,
): void {
  const before = group.members.get(event.member);
  const holder = memberByJid(group, event.jid)?.id ?? event.member;
  if (holder !== event.member) {
    throw new Error(`${group.jid}: ${event.jid} is the member ${holder} and cannot be ${event.member} too`);
  }
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
export function restrictionsOf(rights: Rights): Rights {
  const kept = new Map([...rights].filter(([right]) => RESTRICTION_NAMES.has(right)));
  return kept.size === 0 ? NO_RIGHTS : kept;
}

/** Nothing is left of an account: what its member did and said belongs to somebody without a name. */
export function erase(group: LoadedGroup, event: Extract<DatedEvent, { kind: 'accountErased' }>): void {
  const { jid, member, version } = event;
  group.blocks = withoutEntry(group.blocks, jid);
  const { contacts } = group.properties;
  if (contacts.includes(jid)) {
    group.properties = { ...group.properties, contacts: contacts.filter((contact) => contact !== jid) };
  }
  if (member === undefined) return;
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
