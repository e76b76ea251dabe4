import type { BareJid } from '../../jid/index.js';
import type { Errand, KontalkEvent } from '../evaluate/incoming.js';
import type { GroupState } from '../model/group.js';
import { LIMITS } from '../model/limits.js';
import { tell } from '../model/told.js';
import { stateHash } from './hash.js';
import type { Said } from './said.js';

/** What came of comparing what others know with what I know. */
export interface Comparison {
  readonly group: GroupState;
  readonly events: readonly KontalkEvent[];
  readonly errands: readonly Errand[];
}

interface Clock {
  readonly now: number;
  sha256(text: string): string;
}

/**
 * Compares the version and the hash that a member sent along with a message (reference 7.1). Who knows less asks
 * the owner; the owner gives his list to whoever knows less, or something else. The same question is asked, and
 * the same answer given, once an hour.
 */
export function compareStates(
  before: GroupState,
  peer: BareJid,
  { state, syncRequest }: Said,
  clock: Clock,
): Comparison {
  const owner = before.key.owner;
  const asked = owner === before.me && syncRequest !== undefined;
  if (peer === before.me || (state === undefined && !asked)) return nothing(before);
  if (asked) return errand(before, 'snapshot', peer, clock);
  if (state === undefined) return nothing(before);
  const known = before.rev ?? -1;
  if (state.rev < known) {
    return owner === before.me ? errand(before, 'snapshot', peer, clock) : nothing(before);
  }
  if (state.rev > known) return asksOwner(before, clock);
  if (state.hash === stateHash(before, known, clock.sha256)) {
    return nothing(before.divergentFrom === peer ? { ...before, divergentFrom: undefined } : before);
  }
  const diverged: GroupState = { ...before, divergentFrom: peer };
  const event: KontalkEvent = { kind: 'diverged', group: before.key, peer };
  const next = owner === before.me ? errand(diverged, 'snapshot', peer, clock) : asksOwner(diverged, clock);
  return { ...next, events: before.divergentFrom === peer ? [] : [event] };
}

/** After a command of the owner: whether there was one before it that never arrived, and whether he sees the same. */
export function compareWithOwner(
  before: GroupState,
  after: GroupState,
  { state }: Said,
  listsAll: boolean,
  clock: Clock,
): Comparison {
  if (state === undefined) return nothing({ ...after, rev: undefined });
  const group: GroupState = { ...after, rev: state.rev, divergentFrom: undefined };
  const missed = before.rev !== undefined && state.rev > before.rev + 1 && !listsAll;
  if (missed) return asksOwner(group, clock);
  if (!group.complete || state.hash === stateHash(group, state.rev, clock.sha256)) return nothing(group);
  const owner = group.key.owner;
  const event: KontalkEvent = { kind: 'diverged', group: group.key, peer: owner };
  return { ...asksOwner({ ...group, divergentFrom: owner }, clock), events: [event] };
}

const NONE: readonly never[] = [];

const nothing = (group: GroupState): Comparison => ({ group, events: NONE, errands: NONE });

function asksOwner(group: GroupState, clock: Clock): Comparison {
  const { owner } = group.key;
  // An owner who has left, or whose client has no versions, would not answer.
  if (owner === group.me || group.ownerState === 'parted' || group.my !== 'member') return nothing(group);
  return errand(group, 'sync-request', owner, clock);
}

function errand(group: GroupState, op: 'snapshot' | 'sync-request', to: BareJid, { now }: Clock): Comparison {
  const told = tell(group, `${op} ${to}`, now, LIMITS.ask);
  return told === undefined
    ? nothing(group)
    : { group: told, events: [], errands: [{ op, group: group.key, to }] };
}
