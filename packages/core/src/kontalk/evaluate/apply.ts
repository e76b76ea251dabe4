import { listedApart } from '../../multicast/index.js';
import type { Command } from '../command/command.js';
import { compareStates, compareWithOwner } from '../extension/compare.js';
import { comparePin, pin } from '../keys/known-key.js';
import type { GroupState } from '../model/group.js';
import { LIMITS } from '../model/limits.js';
import { activeMembers, isActive, listedIn } from '../model/members.js';
import { remember } from '../model/seen.js';
import { applyOwnersCommand, listsAll } from '../transitions/owner-command.js';
import { applyPart } from '../transitions/part.js';
import type { Given } from '../transitions/transition.js';
import type { Environment, Errand, KontalkEvent, Outcome } from './incoming.js';
import type { Judgement } from './judgement.js';
import type { Reading } from './reading.js';

/** A group after an admitted stanza, and all that there is to tell. */
export interface Application {
  readonly group: GroupState;
  readonly outcome: Outcome;
  readonly events: readonly KontalkEvent[];
  readonly errands: readonly Errand[];
}

const NOTHING: readonly never[] = [];

type Admitted = Extract<Judgement, { kind: 'admitted' }>;

/** Step P12 of reference 2.6: applies, remembers, compares. */
export function apply(admitted: Admitted, reading: Reading, environment: Environment): Application {
  const { command } = admitted;
  const applied =
    command.kind === 'create' || command.kind === 'set'
      ? applyCommand(admitted, command, reading, environment)
      : command.kind === 'part'
        ? applyLeaving(admitted.group, reading, environment)
        : receive(admitted.group, command, reading, environment);
  if (applied.outcome.outcome === 'discard') return applied;
  const { group, events } = pinned(remember(applied.group, reading.sender, reading.marks), reading);
  return {
    group: group.secure || reading.verified === undefined ? group : { ...group, secure: true },
    outcome: applied.outcome,
    events: together(reading.oddities, toldStrangers(group, reading), events, applied.events),
    errands: applied.errands,
  };
}

/** Of a message there is only one to tell, mostly: nothing is copied then. */
function together(
  odd: readonly KontalkEvent[],
  told: readonly KontalkEvent[],
  keys: readonly KontalkEvent[],
  applied: readonly KontalkEvent[],
): readonly KontalkEvent[] {
  const more = odd.length + told.length + keys.length;
  return more === 0 ? applied : [...odd, ...told, ...keys, ...applied];
}

function applyCommand(
  { group: before, asInvitation }: Admitted,
  command: Extract<Command, { kind: 'create' | 'set' }>,
  reading: Reading,
  environment: Environment,
): Application {
  const { said, sender, at, messageId, verified } = reading;
  const given: Given = {
    by: sender,
    at,
    messageId,
    signed: verified !== undefined,
    since: new Map(said.state?.since.map(({ jid, time }) => [jid, time])),
    parted: new Map(said.state?.parted.map(({ jid, time }) => [jid, time])),
  };
  const { group: after, events } = applyOwnersCommand(before, command, given);
  if (listedIn(after.members) > LIMITS.members - 2) {
    return refusedSize(before);
  }
  const isNew = before.lastOwner === undefined;
  const mine: GroupState = asInvitation && after.my === 'member' ? { ...after, my: 'invited' } : after;
  const compared = compareWithOwner(before, mine, said, listsAll(command), environment);
  const texts = carried(reading, environment, true);
  return {
    group: compared.group,
    outcome: { outcome: mine.my === 'invited' && asInvitation ? 'pending-invite' : 'apply-command' },
    events: [
      ...entry(mine, reading, isNew, asInvitation),
      ...(isNew ? [] : events),
      ...compared.events,
      ...(mine.my === 'invited' ? [] : texts),
    ],
    errands: compared.errands,
  };
}

const refusedSize = (group: GroupState): Application => ({
  group,
  outcome: { outcome: 'discard', reason: 'limit' },
  events: [],
  errands: [],
});

function entry(
  group: GroupState,
  { sender }: Reading,
  isNew: boolean,
  asInvitation: boolean,
): KontalkEvent[] {
  if (asInvitation) return [{ kind: 'invited', group: group.key, by: sender, sameIdAs: undefined }];
  if (!isNew) return [];
  const joined: KontalkEvent = { kind: 'joined', group: group.key, by: sender };
  return group.complete ? [joined] : [joined, { kind: 'incomplete', group: group.key }];
}

function applyLeaving(before: GroupState, reading: Reading, environment: Environment): Application {
  const { sender, at, messageId, said, verified } = reading;
  const byOwner = sender === before.key.owner;
  const { group, events } = applyPart(before, { by: sender, at, messageId });
  const heir = byOwner && (verified !== undefined || !before.secure) ? said.handoverTo : undefined;
  const handed = heir !== undefined && isActive(before, heir) && heir !== sender;
  return {
    group: handed ? { ...group, heir } : group,
    outcome: { outcome: 'apply-command' },
    events: [
      ...events,
      ...(handed ? [{ kind: 'handed-over', group: before.key, to: heir } as const] : []),
      ...(before.my === 'member' ? carried(reading, environment, true) : []),
    ],
    errands: [],
  };
}

/** Content, a chat state, or something of this project's own that is nothing to show. */
function receive(
  before: GroupState,
  command: Command,
  reading: Reading,
  environment: Environment,
): Application {
  const { key, from, sender, messageId, chatState, said, verified, hasContent } = reading;
  const trusted = verified !== undefined || !before.secure;
  const { group, events, errands } = trusted
    ? compareStates(before, sender, said, environment)
    : { group: before, events: NOTHING, errands: NOTHING };
  const result = (outcome: Outcome, shown: readonly KontalkEvent[]): Application => ({
    group,
    outcome,
    events: events.length === 0 ? shown : [...events, ...shown],
    errands,
  });
  if (command.kind === 'unsupported') {
    const { type } = command;
    return result({ outcome: 'show-unsupported', reason: 'unsupported-type' }, [
      { kind: 'unsupported', group: key, from, id: messageId, type },
    ]);
  }
  if (chatState !== undefined && reading.text === undefined && (chatState !== 'active' || !hasContent)) {
    if (chatState === 'gone') return result({ outcome: 'ignore', reason: 'gone' }, []);
    return result({ outcome: 'chat-state' }, [{ kind: 'chat-state', group: key, from, state: chatState }]);
  }
  if (!hasContent && said.syncRequest !== undefined)
    return result({ outcome: 'ignore', reason: 'extension' }, []);
  return result({ outcome: 'deliver' }, carried(reading, environment, false));
}

/** The text of a stanza, unless it only says to old clients that it is a command (reference 4.2). */
function carried(reading: Reading, { policy }: Environment, withCommand: boolean): KontalkEvent[] {
  const { key, from, messageId, text, payload, at, verified } = reading;
  if (withCommand && (text === undefined || policy.commandFallbacks.includes(text.trim()))) return [];
  return [
    {
      kind: 'message',
      group: key,
      from,
      id: messageId,
      text,
      payload,
      at,
      encrypted: verified !== undefined,
      withCommand,
    },
  ];
}

/** Reference 2.10, #15: the first key is remembered; another one of a member is told, and remembered instead. */
function pinned(
  group: GroupState,
  { sender, verified }: Reading,
): { readonly group: GroupState; readonly events: readonly KontalkEvent[] } {
  if (verified === undefined) return { group, events: NOTHING };
  const fingerprint = verified.signer;
  const seen = comparePin(group.keys, sender, fingerprint);
  if (seen === 'same') return { group, events: NOTHING };
  const changed: KontalkEvent = { kind: 'key-changed', group: group.key, member: sender, fingerprint };
  // The owner's new key waits until a person confirms it.
  if (seen === 'changed' && sender === group.key.owner) return { group, events: [changed] };
  const keys = pin(group.keys, sender, fingerprint);
  return { group: { ...group, keys }, events: seen === 'first' ? [] : [changed] };
}

/** Reference 2.10, #20: an address list that names others shows that not all were told the same, or too many. */
function toldStrangers(group: GroupState, { listed, sender, command }: Reading): readonly KontalkEvent[] {
  if (command.kind !== 'plain' || listed.length === 0) return NOTHING;
  const { strangers } = listedApart(listed, new Set([...activeMembers(group), sender]));
  return strangers.length === 0
    ? []
    : [{ kind: 'addressees-differ', group: group.key, from: sender, strangers }];
}
