import type { BareJid } from '../../jid/index.js';
import type { GroupState, MemberRecord } from './group.js';

/**
 * Whether somebody is a member: the owner's last word says so, and he has not left since he was taken in. The
 * owner's commands and the member's own word come on different ways; this is the same in whatever order they do
 * (reference 2.7, part-sticky).
 */
export const isIn = ({ listed, partedAt, since }: MemberRecord): boolean =>
  listed && !(partedAt !== undefined && partedAt >= since);

/** Whether somebody has left by himself and was not taken in again. */
export const hasParted = (record: MemberRecord): boolean => record.listed && !isIn(record);

/** How many are members by the owner's last word, he and I not counted. */
export function listedIn(members: GroupState['members']): number {
  let count = 0;
  for (const { listed } of members.values()) if (listed) count += 1;
  return count;
}

/** All members, the owner first, me among them. */
export function activeMembers(group: GroupState): readonly BareJid[] {
  const { key, me, my, members } = group;
  const active: BareJid[] = [];
  if (key.owner !== me && group.ownerState === 'active') active.push(key.owner);
  if (my === 'member') active.push(me);
  for (const [jid, record] of members) if (isIn(record)) active.push(jid);
  return active;
}

/** Whether somebody is a member now: the owner, me, or one that the owner has taken in and who has not left. */
export function isActive(group: GroupState, jid: BareJid): boolean {
  if (jid === group.me) return group.my === 'member';
  if (jid === group.key.owner) return group.ownerState === 'active';
  const record = group.members.get(jid);
  return record !== undefined && isIn(record);
}

/** Whom a message to the group is for: all members but me. Never anybody that a stanza names as an addressee. */
export const recipients = (group: GroupState): readonly BareJid[] =>
  activeMembers(group).filter((jid) => jid !== group.me);
