import type { Command } from '../command/command.js';
import type { KontalkEvent } from '../evaluate/incoming.js';
import type { GroupState } from '../model/group.js';
import { LIMITS } from '../model/limits.js';
import { rosterOfChange, rosterOfCreation } from './roster.js';
import { countedOut, type Given, membersChanged, type Transition, withoutLongGone } from './transition.js';

type OwnersCommand = Extract<Command, { kind: 'create' | 'set' }>;

/** Whether a command takes me in: I am named in a creation, or added. Being listed is not enough (row 23). */
export const takesMeIn = (
  command: Command,
  { owner, me }: { owner: string; me: GroupState['me'] },
): boolean =>
  me !== owner &&
  ((command.kind === 'create' && command.members.includes(me)) ||
    (command.kind === 'set' && command.add.includes(me)));

/** Whether a command says who all members are. */
export const listsAll = (command: OwnersCommand): boolean =>
  command.kind === 'create' || command.members.length > 0;

/**
 * Applies a command of the owner to a group that I am in, or am taken into by it (reference 2.7). Whether he may
 * give it, and whether it is new, was decided before.
 */
export function applyOwnersCommand(before: GroupState, command: OwnersCommand, given: Given): Transition {
  if (command.kind === 'set' && command.remove.includes(before.me) && before.me !== before.key.owner) {
    return removeMe(before, given);
  }
  const returning = before.my === 'parted' || before.my === 'kicked';
  const entering = takesMeIn(command, { owner: before.key.owner, me: before.me });
  // Who comes back knows nothing of what happened meanwhile (rows 21, 24): the list replaces all.
  const known: GroupState =
    entering && returning ? { ...before, members: nobodyListed(before, given), complete: false } : before;
  const apart = [before.key.owner, before.me];
  const roster =
    command.kind === 'create'
      ? rosterOfCreation(known.members, command, given, apart)
      : rosterOfChange(known.members, command, given, apart);
  const mine = mySide(before, command, given, entering);
  const after: GroupState = {
    ...known,
    ...mine,
    members: withoutLongGone(roster),
    ownerState: removesOwner(before, command) ? 'parted' : 'active',
    subject: command.subject === undefined ? before.subject : command.subject,
    complete: known.complete || listsAll(command),
    lastOwner: given.at,
    log: logged(before, command.kind, given),
  };
  return { group: after, events: happened(before, after, command, given, entering && returning) };
}

/** Whom I knew is in no more; that somebody said that he leaves stays true. */
const nobodyListed = ({ members }: GroupState, given: Given): GroupState['members'] =>
  new Map([...members].map(([jid, record]) => [jid, countedOut(record, 'snapshot', given)]));

const removesOwner = ({ key }: GroupState, command: OwnersCommand): boolean =>
  command.kind === 'set' && command.remove.includes(key.owner);

/** The part of the state that is about me. */
function mySide(
  before: GroupState,
  command: OwnersCommand,
  { at }: Given,
  entering: boolean,
): Pick<GroupState, 'my' | 'mySince' | 'myExit' | 'suspect'> {
  const { my, mySince, myExit, suspect } = before;
  if (before.me === before.key.owner) {
    const left = removesOwner(before, command);
    return { my: left ? 'parted' : 'member', mySince, myExit: left ? at : undefined, suspect: false };
  }
  if (entering) {
    return { my: my === 'invited' ? 'invited' : 'member', mySince: at, myExit: undefined, suspect: false };
  }
  const listed = command.kind === 'set' && command.members.includes(before.me);
  return { my, mySince, myExit, suspect: listsAll(command) ? !listed : suspect };
}

/** What I know of the others stays as it is from here on: I am told nothing any more. */
function removeMe(before: GroupState, given: Given): Transition {
  const group: GroupState = {
    ...before,
    my: 'kicked',
    myExit: given.at,
    suspect: false,
    ownerState: 'active',
    lastOwner: given.at,
    log: logged(before, 'set', given),
  };
  return { group, events: [{ kind: 'removed', group: before.key }] };
}

export function logged(
  { log }: GroupState,
  kind: 'create' | 'set' | 'part',
  { at, by, messageId }: Pick<Given, 'at' | 'by' | 'messageId'>,
): GroupState['log'] {
  return [...log, { at, by, kind, messageId }].slice(-LIMITS.log);
}

function happened(
  before: GroupState,
  after: GroupState,
  command: OwnersCommand,
  { by }: Given,
  returned: boolean,
): KontalkEvent[] {
  const group = after.key;
  const events: KontalkEvent[] = [];
  if (returned) events.push({ kind: 'rejoined', group, by });
  if (before.ownerState === 'parted' && after.ownerState === 'active')
    events.push({ kind: 'owner-returned', group });
  if (before.ownerState === 'active' && after.ownerState === 'parted')
    events.push({ kind: 'owner-left', group });
  events.push(...membersChanged(before, after, by));
  if (before.subject !== after.subject) {
    events.push({ kind: 'subject-changed', group, subject: after.subject });
  }
  if (!before.suspect && after.suspect) events.push({ kind: 'suspected', group });
  if (command.kind === 'set' && !after.complete && before.complete)
    events.push({ kind: 'incomplete', group });
  return events;
}
