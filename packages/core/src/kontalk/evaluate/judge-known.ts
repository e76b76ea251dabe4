import { isOwnersCommand } from '../command/command.js';
import type { HeldReason } from '../hold/hold.js';
import { comparePin } from '../keys/known-key.js';
import type { GroupState } from '../model/group.js';
import { isActive } from '../model/members.js';
import { takesMeIn } from '../transitions/owner-command.js';
import type { Environment, Errand } from './incoming.js';
import { discard, hold, type Judgement } from './judgement.js';
import type { Reading } from './reading.js';

/**
 * Steps P10 and P11 for a group that is known. That a command of the owner is from the owner was seen before.
 * `retried`: what the stanza was held back for, when it is not new.
 */
export function judgeKnown(
  group: GroupState,
  reading: Reading,
  { policy }: Environment,
  retried: HeldReason | undefined,
): Judgement {
  const { command, sender } = reading;
  const byOwner = isOwnersCommand(command);
  const away = group.my === 'parted' || group.my === 'kicked';
  // My own group follows what another device of mine does, even when I have left it.
  if (away && !(byOwner && sender === group.me)) {
    const takes = takesMeIn(command, { owner: group.key.owner, me: group.me });
    if (!takes || takesMeForIn(group, reading)) return refusedAway(group, reading);
    if (!isAfterExit(group, reading)) return discard('stale');
  }
  if (!byOwner) {
    const refused = refusedSpeaker(group, reading, retried);
    if (refused !== undefined) return refused;
  }
  if (isStale(group, reading)) return discard('stale');
  if (!reading.timely) return hold('clock-skew');
  const binding = byOwner || (command.kind === 'part' && sender === group.key.owner);
  if (binding && isOtherKey(group, reading)) return hold('owner-key-changed');
  const asInvitation = away && sender !== group.me && !policy.autoJoin(group.key);
  return { kind: 'admitted', group, command, asInvitation };
}

/** Rows 20, 23 and 25: nothing reaches me any more, and who does not know it is told that I have left. */
function refusedAway(group: GroupState, { key, command, sender, verified }: Reading): Judgement {
  const listsMe = command.kind === 'set' && [...command.members, ...command.add].includes(group.me);
  const unaware = command.kind === 'plain' || listsMe;
  const tells = group.my === 'parted' && unaware && sender !== group.me;
  const errand: Errand | undefined =
    tells && (verified !== undefined || !group.secure)
      ? { op: 'part-again', group: key, to: sender }
      : undefined;
  // Kept for when the owner takes me in again: members that know it already may have been faster.
  return discard('self-not-member', {
    keepAs:
      isOwnersCommand(command) || (verified === undefined && group.secure) ? undefined : 'self-not-member',
    errand,
  });
}

/**
 * To a member who seems to have missed something the owner says once more who is in, by a command that adds him; since
 * when he is in tells it from a new invitation. If that was before I left, the owner has not heard of it.
 */
function takesMeForIn({ my, me, myExit }: GroupState, { said }: Reading): boolean {
  const since = said.state?.since.find(({ jid }) => jid === me)?.time;
  return my === 'parted' && myExit !== undefined && since !== undefined && since < myExit;
}

/**
 * When it is not a command of the owner, only members are heard. Rule 3 of the Kontalk page: "Discarding any
 * messages from non-members".
 */
function refusedSpeaker(
  group: GroupState,
  reading: Reading,
  retried: HeldReason | undefined,
): Judgement | undefined {
  const { command, sender, at } = reading;
  // Another device of mine may decline an invitation.
  const declines = sender === group.me && group.my === 'invited' && command.kind === 'part';
  if (!isActive(group, sender) && !declines) {
    return refusedStranger(group, reading);
  }
  if (group.my === 'invited' && command.kind !== 'part') return hold('invited');
  // What was sent by somebody who was no member then stays refused, though he is one now (rows 18, 20).
  if (command.kind !== 'part') {
    if (retried === 'non-member' && at < (group.members.get(sender)?.since ?? 0))
      return discard('non-member');
    if (retried === 'self-not-member' && at < group.mySince) return discard('self-not-member');
  }
  return undefined;
}

function refusedStranger(
  group: GroupState,
  { key, command, sender, verified, at, timely }: Reading,
): Judgement {
  const record = group.members.get(sender);
  // Row 38: somebody who was removed and does not know it.
  const unaware = group.me === key.owner && group.my === 'member' && record?.listed === false;
  const errand: Errand | undefined =
    unaware && command.kind === 'plain' ? { op: 'remove-again', group: key, to: sender } : undefined;
  if (command.kind === 'part' && record !== undefined) {
    // He is out, but the owner may be about to take him in again: then it matters which was later.
    if (!timely || at < record.since || at <= (record.partedAt ?? 0)) return discard('non-member');
    const members = new Map(group.members).set(sender, { ...record, partedAt: at });
    return discard('non-member', { noted: { ...group, members } });
  }
  const keepAs = verified === undefined && group.secure ? undefined : 'non-member';
  return discard('non-member', { keepAs, errand });
}

/** Rows 21, 22, 24: "newer than my exit". Arrival says enough of what is not signed. */
function isAfterExit({ my, myExit }: GroupState, { at, verified }: Reading): boolean {
  if (myExit === undefined) return true;
  return my === 'parted' && verified !== undefined ? at > myExit : at >= myExit;
}

/** Step P11. A message that is no command cannot be too old. */
function isStale(group: GroupState, { command, sender, at, said }: Reading): boolean {
  const last = group.lastOwner;
  if (isOwnersCommand(command) || (command.kind === 'part' && sender === group.key.owner)) {
    if (last === undefined || at > last) return false;
    const rev = said.state?.rev;
    return at < last || (rev !== undefined && group.rev !== undefined && rev < group.rev);
  }
  if (command.kind !== 'part') return false;
  return at < (sender === group.me ? group.mySince : (group.members.get(sender)?.since ?? 0));
}

/** Reference 2.10, #15: the key by which the owner was first known is the only one that gives commands. */
function isOtherKey(group: GroupState, { sender, verified }: Reading): boolean {
  return verified !== undefined && comparePin(group.keys, sender, verified.signer) === 'changed';
}
