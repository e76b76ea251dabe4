import { bareOf, type Jid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import { activeMember, type Group, type Member } from '../model/group.js';
import { slowModeOf } from '../model/pace.js';
import {
  neededToSet,
  type Permission,
  permits,
  type Restriction,
  type Right,
  restricts,
  roleOf,
} from '../model/rights.js';

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
  return err(lacks(permission));
}

/** Somebody who acts, and the member he does it to; both may be the same. */
export interface Act {
  readonly actor: Member;
  readonly target: Member;
}

/**
 * Whose card `from` may change, if it is that of `id` (reference 8.3, 8.6): his own (`id` may be empty then), and
 * with `change-users` those of members who stand below him. `now` in milliseconds.
 */
export function cardHolder(group: Group, from: Jid, id: string, now: number): Result<Act, StanzaError> {
  const member = memberBehind(group, from);
  if (!member.ok) return member;
  const actor = member.value;
  if (id === '' || id === '0' || id === actor.id) return ok({ actor, target: actor });
  if (!permits(actor.rights, 'change-users', now)) {
    return err(refusal('not-allowed', 'You are not allowed to do it: you need the right change-users'));
  }
  const target = group.members.get(id);
  if (target?.subscription !== 'both') return err(refusal('item-not-found', `There is no member ${id}`));
  return outranks(actor, target, now)
    ? ok({ actor, target })
    : err(refusal('not-allowed', 'You are not allowed to do it: you do not stand above this member'));
}
const lacks = (permission: Permission): StanzaError =>
  refusal('not-allowed', `You need the right ${permission} for that`);

/** Why `actor` may not give or take these rights, if he may not (reference 9.3). `now` in milliseconds. */
export function refusalToSet(actor: Member, rights: Iterable<Right>, now: number): StanzaError | undefined {
  for (const right of rights) {
    const needed = neededToSet(right);
    if (!permits(actor.rights, needed, now)) return lacks(needed);
  }
  return undefined;
}

/** Whether `actor` may give `right` to those who stand below him, or take it. `now` in milliseconds. */
export const maySet = (actor: Member, right: Right, now: number): boolean =>
  permits(actor.rights, neededToSet(right), now);

/**
 * Whether a member may name others by their JIDs, and may be told them: everybody in a public group, only
 * owners in an incognito one (reference 8.1). `now` in milliseconds.
 */
export const seesJids = (group: Group, member: Member, now: number): boolean =>
  group.properties.privacy === 'public' || permits(member.rights, 'owner', now);

/**
 * Whether a member may know that somebody is invited: his own guests; those of all with `permission`, and in an
 * incognito group only if he may see JIDs. In a private chat nobody knows: who asked for it was never told the JID of
 * the other one. `now` in milliseconds.
 */
export const seesInvitation = (
  group: Group,
  member: Member,
  invited: Member,
  permission: Permission,
  now: number,
): boolean =>
  group.parent === undefined &&
  (invited.invitedBy === member.id ||
    (permits(member.rights, permission, now) && seesJids(group, member, now)));

/**
 * How many seconds a member has to let pass between two messages; `0`: none. Who may change the group sets the pace,
 * and is bound by none (XEP-0500, section 6). `now` in milliseconds.
 */
export const slowModeFor = (group: Group, member: Member, now: number): number =>
  permits(member.rights, 'change-group', now) ? 0 : slowModeOf(group.pace, member, now);

/** Refuses, with `sentence`, what a restriction in force forbids a member. `now` in milliseconds. */
export const unrestricted = (
  member: Member,
  restriction: Restriction,
  sentence: string,
  now: number,
): Result<Member, StanzaError> =>
  restricts(member.rights, restriction, now)
    ? err(refusal('not-allowed', `${sentence} (${restriction})`))
    : ok(member);

/** For who names somebody by a JID that he may not see: whether it is the one of a member is not told. */
export const MASKED: StanzaError = refusal(
  'not-allowed',
  'Members of an incognito group are named by their ids: only its owners see JIDs',
);

/** For who acts on somebody that he does not stand above (reference 9.4). */
export const OUTRANKED: StanzaError = refusal(
  'not-allowed',
  'Owners can do this to admins and members, admins to members only',
);

const RANKS = { member: 0, admin: 1, owner: 2 } as const;

/**
 * Whether `actor` stands above `target` (reference 9.4): owners above admins and members, admins above members,
 * nobody above himself or his like. `now` in milliseconds.
 */
export function outranks(actor: Member, target: Member, now: number): boolean {
  return RANKS[roleOf(actor.rights, now)] > RANKS[roleOf(target.rights, now)];
}

/** The member with this id, or why there is none to ask about (reference 15, rows 36 and 39). */
export function memberNamed(group: Group, id: string): Result<Member, StanzaError> {
  const member = group.members.get(id);
  return member?.subscription === 'both'
    ? ok(member)
    : err(refusal('item-not-found', id === '' ? 'No member is named' : `There is no member ${id}`));
}

/**
 * Why `actor` may not change any right of `target`, if he may not (reference 9.3, 9.4): nobody changes his own,
 * or those of somebody who does not stand below him. `now` in milliseconds.
 */
export function refusalToChangeRightsOf(actor: Member, target: Member, now: number): StanzaError | undefined {
  const least = refusalToSet(actor, ['send-messages'], now);
  if (least !== undefined) return least;
  if (actor.id === target.id) return refusal('not-allowed', 'Nobody can change his own rights');
  return outranks(actor, target, now)
    ? undefined
    : refusal('not-allowed', 'You can change the rights only of those who stand below you');
}
