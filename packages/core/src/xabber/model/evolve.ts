import type { BareJid } from '../../jid/index.js';
import type { DatedEvent } from './events.js';
import type { Block, Group, Member, MemberId } from './group.js';
import { NO_RIGHTS, RESTRICTIONS, type Right, type Rights } from './rights.js';

/** `Group` to write in. Groups have up to tens of thousands of members: an event changes them in place. */
interface WritableGroup extends Group {
  properties: Group['properties'];
  status: Group['status'];
  pinned: Group['pinned'];
  readonly members: Map<MemberId, Member>;
  readonly byJid: Map<BareJid, MemberId>;
  readonly blocks: Map<string, Block>;
  size: number;
  version: number;
  lastStanzaId: number;
}

/** A group that only this module can write to: what `evolve` takes and gives back. */
export type LoadedGroup = WritableGroup;

const RESTRICTION_NAMES: ReadonlySet<Right> = new Set(RESTRICTIONS);

/** A group from what a Store kept of it; `size` is counted anew. */
export function groupFrom(
  kept: Pick<Group, 'jid' | 'properties' | 'status' | 'pinned' | 'createdAt' | 'version' | 'lastStanzaId'>,
  members: Iterable<Member>,
  blocks: Iterable<Block>,
): LoadedGroup {
  const group: WritableGroup = {
    ...kept,
    members: new Map(),
    byJid: new Map(),
    blocks: new Map(),
    size: 0,
  };
  for (const member of members) put(group, member);
  for (const block of blocks) group.blocks.set(block.address, block);
  return group;
}

function put(group: WritableGroup, member: Member): void {
  const before = group.members.get(member.id);
  group.size += Number(member.subscription === 'both') - Number(before?.subscription === 'both');
  group.members.set(member.id, member);
  group.byJid.set(member.jid, member.id);
}

function change(group: WritableGroup, id: MemberId, version: number, changes: Partial<Member>): void {
  const member = group.members.get(id);
  if (member === undefined) throw new Error(`${group.jid}: an event names the unknown member ${id}`);
  put(group, { ...member, ...changes, version });
  group.version = Math.max(group.version, version);
}

/** Permissions end with the membership; restrictions outlast it, or leaving would lift them (reference 3.3). */
function restrictionsOf(rights: Rights): Rights {
  const kept = new Map([...rights].filter(([right]) => RESTRICTION_NAMES.has(right)));
  return kept.size === 0 ? NO_RIGHTS : kept;
}

/**
 * The group after `event`. The only writer of the model: it changes the group that it is given and returns
 * it. `undefined` stands for the group before its `groupCreated`.
 * @throws Error when the event cannot have happened to this group; the caller's state is wrong then
 */
export function evolve(group: LoadedGroup | undefined, jid: BareJid, event: DatedEvent): LoadedGroup {
  if (event.kind === 'groupCreated') {
    if (group !== undefined) throw new Error(`${jid}: created twice`);
    return groupFrom(
      {
        jid,
        properties: event.properties,
        status: 'discussion',
        pinned: 0,
        createdAt: event.at,
        version: 0,
        lastStanzaId: 0,
      },
      [],
      [],
    );
  }
  if (group === undefined) throw new Error(`${jid}: ${event.kind} before its creation`);
  switch (event.kind) {
    case 'joinRequested': {
      const before = group.members.get(event.member);
      put(group, {
        id: event.member,
        jid: event.jid,
        subscription: 'wait',
        nickname: event.nickname ?? before?.nickname,
        badge: before?.badge ?? '',
        avatar: before?.avatar,
        rights: before?.rights ?? NO_RIGHTS,
        version: event.version,
        lastSeen: event.at,
      });
      group.version = Math.max(group.version, event.version);
      return group;
    }
    case 'memberJoined':
      change(group, event.member, event.version, { subscription: 'both', lastSeen: event.at });
      return group;
    case 'memberLeft':
      change(group, event.member, event.version, {
        subscription: 'none',
        rights: restrictionsOf(group.members.get(event.member)?.rights ?? NO_RIGHTS),
        lastSeen: event.at,
      });
      return group;
    case 'profileTaken': {
      const before = group.members.get(event.member);
      change(group, event.member, event.version, {
        nickname: event.nickname ?? before?.nickname,
        badge: event.badge ?? before?.badge ?? '',
        avatar: event.avatar ?? before?.avatar,
      });
      return group;
    }
    case 'rightGranted': {
      const rights = new Map(group.members.get(event.member)?.rights);
      change(group, event.member, event.version, { rights: rights.set(event.right, event.until) });
      return group;
    }
    case 'blockAdded':
      group.blocks.set(event.block.address, event.block);
      return group;
    case 'statusChanged':
      group.status = event.status;
      return group;
    case 'messagePosted': {
      group.lastStanzaId = Math.max(group.lastStanzaId, event.message.stanzaId);
      const author = event.message.author === undefined ? undefined : group.members.get(event.message.author);
      if (author !== undefined) group.members.set(author.id, { ...author, lastSeen: event.at });
      return group;
    }
  }
}
