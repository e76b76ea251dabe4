import type { BareJid } from '../../jid/index.js';
import { listOf, none } from './entries.js';
import {
  type Block,
  type Disclosure,
  disclosureKey,
  type Group,
  type Member,
  type MemberId,
} from './group.js';
import { nothingWritten, type WritableRecent } from './recent.js';
import type { Restriction } from './rights.js';
import { NOBODY_TYPING } from './typing.js';

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
  byJid: Map<BareJid, MemberId> | undefined;
  blocks: Group['blocks'];
  sessions: Group['sessions'];
  recent: WritableRecent;
  typing: Group['typing'];
  size: number;
  version: number;
  lastStanzaId: number;
  newestStanzaId: number;
  rewriteVersion: number;
}

/** A group that only `evolve` writes to: what it takes and gives back. */
export type LoadedGroup = WritableGroup;

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
  // Each field by its name: a copy of `kept` would have the others outside of the object, at forty bytes more.
  const group: WritableGroup = {
    jid: kept.jid,
    properties: kept.properties,
    status: kept.status,
    pinned: kept.pinned,
    createdAt: kept.createdAt,
    avatar: kept.avatar,
    parent: kept.parent,
    pace: kept.pace,
    version: kept.version,
    lastStanzaId: kept.lastStanzaId,
    newestStanzaId: kept.newestStanzaId,
    rewriteVersion: kept.rewriteVersion,
    members: new Map(),
    byJid: undefined,
    blocks: listOf([...lists.blocks].map((block) => [block.address, block])),
    defaultRestrictions: listOf(lists.defaultRestrictions),
    disclosures: listOf([...lists.disclosures].map((open) => [disclosureKey(open), open])),
    privateChats: listOf(lists.privateChats),
    sessions: none(),
    recent: nothingWritten(),
    typing: NOBODY_TYPING,
    size: 0,
  };
  for (const member of lists.members) put(group, member);
  return group;
}

/** Those of a new group. */
export const NO_LISTS: KeptLists = {
  members: [],
  blocks: [],
  defaultRestrictions: [],
  disclosures: [],
  privateChats: [],
};

/**
 * A group of up to so many members has no index of their JIDs: it would take as much as the list of members itself, half
 * a kilobyte in most of the many small groups that lie in memory. To look through a thousand takes five microseconds.
 */
const LOOKED_THROUGH = 1_024;

/** Takes a member into the list, or puts him in the place of what he was. */
export function put(group: WritableGroup, member: Member): void {
  const before = group.members.get(member.id);
  group.size += Number(member.subscription === 'both') - Number(before?.subscription === 'both');
  group.members.set(member.id, member);
  if (group.byJid !== undefined) {
    if (before !== undefined && before.jid !== member.jid) group.byJid.delete(before.jid);
    group.byJid.set(member.jid, member.id);
  } else if (group.members.size > LOOKED_THROUGH) {
    group.byJid = new Map([...group.members.values()].map(({ jid, id }) => [jid, id]));
  }
}
