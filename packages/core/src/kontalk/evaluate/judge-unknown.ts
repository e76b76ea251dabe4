import { type Command, isOwnersCommand } from '../command/command.js';
import { sameKey } from '../command/key.js';
import { emptyGroup, type GroupState } from '../model/group.js';
import { LIMITS } from '../model/limits.js';
import { groupOf, type World } from '../model/world.js';
import { takesMeIn } from '../transitions/owner-command.js';
import type { Environment } from './incoming.js';
import { discard, hold, type Judgement } from './judgement.js';
import type { Reading } from './reading.js';

/** The group of the same id that another owner has, if there is one. */
export const namesake = (world: World, { key }: Pick<Reading, 'key'>): GroupState | undefined =>
  world.groups.find((group) => group.key.id === key.id && !sameKey(group.key, key));

/** Steps P9 to P11 for a group that is not known: it may become known by this stanza (reference 2.6, 2.7). */
export function judgeUnknown(world: World, reading: Reading, { policy }: Environment): Judgement {
  const { key, command, sender, verified, chatState } = reading;
  const { me } = world;
  // Another device of mine may have created the group, or listed its members for this one.
  const mine = key.owner === me && isOwnersCommand(command) && sender === me && saysWho(command);
  const entering = mine || takesMeIn(command, { owner: key.owner, me });
  const clash = namesake(world, reading);
  // Rule 2 of the Kontalk page: "Ignoring any message stanza that has a group ID but a different owner ..."
  if (clash !== undefined && !entering && command.kind !== 'create') return discard('owner-mismatch');
  if (isOwnersCommand(command) && sender !== key.owner) {
    return discard('not-owner');
  }
  if (!entering) {
    if (command.kind === 'create') return discard('not-for-me');
    // Nothing of strangers is kept that anybody could have written (reference 2.8).
    if (verified === undefined || isOnlyState(command, chatState, reading.hasContent))
      return discard('unknown-group');
    return hold('unknown-group');
  }
  if (!reading.timely) return verified === undefined ? discard('stale') : hold('clock-skew');
  const asInvitation = clash !== undefined || !(mine || policy.autoJoin(key) || isContinued(world, reading));
  if (world.groups.length >= LIMITS.groups) return discard('limit');
  const waiting = world.groups.filter(({ my }) => my === 'invited').length;
  if (asInvitation && waiting >= LIMITS.invitations) return discard('limit');
  return { kind: 'admitted', group: emptyGroup(key, me), command, asInvitation };
}

const isOnlyState = (command: Command, chatState: string | undefined, hasContent: boolean): boolean =>
  command.kind === 'plain' && chatState !== undefined && !hasContent;

const saysWho = (command: Command): boolean =>
  command.kind === 'create' || (command.kind === 'set' && command.members.length > 0);

/** Whether a group continues one that I am in, whose owner has handed it over to the owner of this one. */
export function isContinued(world: World, { key, said }: Pick<Reading, 'key' | 'said'>): boolean {
  const former = said.continues === undefined ? undefined : groupOf(world, said.continues);
  return former !== undefined && former.heir === key.owner && former.my === 'member';
}
