import type { BareJid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import type { XmlElement } from '../../xml/element.js';
import type { Command } from '../command/command.js';
import { continues, handover, left, state, syncRequest } from '../elements/state.js';
import { stateHash } from '../extension/hash.js';
import type { GroupState } from '../model/group.js';
import { isActive, recipients } from '../model/members.js';
import { applyOwnersCommand, listsAll } from '../transitions/owner-command.js';
import { applyPart } from '../transitions/part.js';
import type { Action, Means, PlanError } from './action.js';
import { type Commanded, commandOf, partedOf, sinceOf, timeOf } from './command.js';

/** A message to a group before it is known how it gets there. */
export interface Draft {
  readonly command: Command;
  readonly audience: readonly BareJid[];
  /** The group as it is once this is said: who is removed hears of it, and of nothing after it. */
  readonly after: GroupState;
  readonly time: number;
  /** What clients of this project understand, and what the user says. */
  readonly payload: readonly XmlElement[];
  readonly chatState?: Extract<Action, { op: 'chat-state' }>['state'];
}

const PLAIN: Command = { kind: 'plain' };
const PART: Command = { kind: 'part' };

/** What is to be said for an action, and to whom; a failure when I may not, or when it makes no sense. */
export function draft(group: GroupState, action: Action, means: Means): Result<Draft, PlanError> {
  switch (action.op) {
    case 'create':
    case 'add':
    case 'remove':
    case 'subject':
    case 'snapshot':
    case 'remove-again': {
      if (group.me !== group.key.owner) return err({ reason: 'not-owner' });
      const commanded = commandOf(group, action);
      return commanded.ok ? ok(ordered(group, action, commanded.value, means)) : commanded;
    }
    case 'part-again':
      if (group.my !== 'parted') return err({ reason: 'wrong-member' });
      return ok(leaving(group, [action.to], group.myExit ?? means.now));
    case 'part':
      if (group.my !== 'member' && group.my !== 'invited') return err({ reason: 'not-member' });
      return ok(parting(group, means, []));
    case 'handover':
      if (group.me !== group.key.owner) return err({ reason: 'not-owner' });
      if (group.my !== 'member') return err({ reason: 'not-member' });
      if (!isActive(group, action.to) || action.to === group.me) return err({ reason: 'wrong-member' });
      return ok(handing(parting(group, means, [handover.build({ to: action.to })]), action.to));
    case 'sync-request':
      if (group.my !== 'member') return err({ reason: 'not-member' });
      return ok(said(group, [action.to], [syncRequest.build({ rev: group.rev ?? 0 })], means));
    case 'send':
      if (group.my !== 'member') return err({ reason: 'not-member' });
      return ok(said(group, recipients(group), [...versionOf(group, means), ...action.payload], means));
    case 'chat-state':
      if (group.my !== 'member') return err({ reason: 'not-member' });
      return ok({ ...said(group, recipients(group), [], means), chatState: action.state });
  }
}

const said = (
  group: GroupState,
  audience: readonly BareJid[],
  payload: readonly XmlElement[],
  { now }: Means,
): Draft => ({ command: PLAIN, audience, after: group, time: now, payload });

/** Which state I know, for who knows an older one (reference 7.1); nothing when the owner does not count. */
function versionOf(group: GroupState, { sha256 }: Means): readonly XmlElement[] {
  const { rev } = group;
  if (rev === undefined) return [];
  return [state.build({ rev, hash: stateHash(group, rev, sha256), since: [], parted: [] })];
}

/** A command of mine, as owner, with the state after it. */
function ordered(
  group: GroupState,
  action: Action,
  { command, audience, changes }: Commanded,
  { now, sha256 }: Means,
): Draft {
  const time = timeOf(group, command, now);
  const rev = changes ? (group.rev ?? 0) + 1 : (group.rev ?? 1);
  const given = {
    by: group.me,
    at: time,
    messageId: undefined,
    signed: true,
    since: new Map<BareJid, number>(),
    parted: new Map<BareJid, number>(),
  };
  const changed = changes ? applyOwnersCommand(group, command, given).group : { ...group, lastOwner: time };
  const after: GroupState = { ...changed, rev };
  const beside = state.build({
    rev,
    hash: stateHash(after, rev, sha256),
    time,
    // Who is told once more sees by it that he is not taken in anew, also when there is nobody else.
    since: action.op === 'snapshot' || (command.kind === 'set' && listsAll(command)) ? sinceOf(after) : [],
    parted: partedOf(after),
  });
  const former = action.op === 'create' ? action.continues : undefined;
  const link = former === undefined ? [] : [continues.build(former)];
  return { command, audience, after, time, payload: [beside, ...link] };
}

/** I leave: later than I was taken in, also when the owner's clock is ahead of mine. */
function parting(group: GroupState, { now }: Means, payload: readonly XmlElement[]): Draft {
  const mine = group.me === group.key.owner;
  const at = Math.max(now, (mine ? (group.lastOwner ?? 0) : group.mySince) + 1);
  const { group: after } = applyPart(group, { by: group.me, at, messageId: undefined });
  const told = leaving(group, recipients(group), at);
  return { ...told, after, payload: [...told.payload, ...payload] };
}

const leaving = (group: GroupState, audience: readonly BareJid[], time: number): Draft => ({
  command: PART,
  audience,
  after: group,
  time,
  payload: [left.build({ time })],
});

const handing = (one: Draft, heir: BareJid): Draft => ({ ...one, after: { ...one.after, heir } });
