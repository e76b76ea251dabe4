import { bareOf, type Jid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import { activeMember, type Group, type Member } from '../model/group.js';
import { type Permission, permits, roleOf } from '../model/rights.js';

/** The member behind a JID, or why he is none: only members whose hand-shake is through may ask for anything. */
export function memberBehind(group: Group, from: Jid): Result<Member, StanzaError> {
  const member = activeMember(group, bareOf(from));
  return member === undefined
    ? err(refusal('not-allowed', 'You are not a member of this group'))
    : ok(member);
}

/**
 * The member behind a JID, if he holds `permission` or one above it (reference 9.1): the one place where a right
 * is asked for. `now` in milliseconds.
 */
export function authorised(
  group: Group,
  from: Jid,
  permission: Permission,
  now: number,
): Result<Member, StanzaError> {
  const member = memberBehind(group, from);
  if (!member.ok || permits(member.value.rights, permission, now)) return member;
  return err(refusal('not-allowed', `You need the right ${permission} for that`));
}

const RANKS = { member: 0, admin: 1, owner: 2 } as const;

/**
 * Whether `actor` stands above `target` (reference 9.4): owners above admins and members, admins above members,
 * nobody above himself or his like. `now` in milliseconds.
 */
export function outranks(actor: Member, target: Member, now: number): boolean {
  return RANKS[roleOf(actor.rights, now)] > RANKS[roleOf(target.rights, now)];
}
