import type { SetDefaultRights, SetRights } from '../command.js';
import { type Decision, refuseWith } from '../decision.js';
import { defaultRights } from '../elements/default-rights.js';
import { rights as rightsElement } from '../elements/rights.js';
import type { Environment } from '../environment.js';
import type { GroupEvent } from '../model/events.js';
import type { Group } from '../model/group.js';
import type { Restriction, Right } from '../model/rights.js';
import { defaultRightsForm, memberRightsForm } from '../present/rights-form.js';
import {
  authorised,
  maySet,
  memberBehind,
  memberNamed,
  refusalToChangeRightsOf,
  refusalToSet,
} from './authority.js';
import { changesFrom, defaultChangesFrom } from './durations.js';
import { changeRights } from './rights-change.js';

/** The form with the rights of another member was submitted (reference 9.3, 9.4). */
export function decideSetRights(group: Group, command: SetRights, env: Environment): Decision {
  const actor = memberBehind(group, command.from);
  if (!actor.ok) return refuseWith(actor.error);
  const target = memberNamed(group, command.id);
  if (!target.ok) return refuseWith(target.error);
  const refused = refusalToChangeRightsOf(actor.value, target.value, env.now);
  if (refused !== undefined) return refuseWith(refused);
  const changes = changesFrom(command.values, target.value.rights, env.now);
  if (!changes.ok) return refuseWith(changes.error);
  const lacking = refusalToSet(actor.value, changes.value.keys(), env.now);
  if (lacking !== undefined) return refuseWith(lacking);
  const { events, message, rights } = changeRights(group, actor.value, target.value, changes.value, env);
  const shown = (right: Right) => maySet(actor.value, right, env.now);
  const form = memberRightsForm('result', command.id, rights, shown, env.now);
  return {
    events,
    notices: [
      { kind: 'result', payload: [rightsElement.build({ permissions: [], restrictions: [], form })] },
      { kind: 'system', message },
    ],
  };
}

/**
 * The form with what newcomers may not do was submitted (reference 9.5). Who is a member already is not
 * concerned, and so nobody is told.
 */
export function decideSetDefaultRights(group: Group, command: SetDefaultRights, env: Environment): Decision {
  const actor = authorised(group, command.from, 'change-group', env.now);
  if (!actor.ok) return refuseWith(actor.error);
  const changes = defaultChangesFrom(command.values, group.defaultRestrictions);
  if (!changes.ok) return refuseWith(changes.error);
  const form = defaultRightsForm('result', changedDefaults(group, changes.value));
  return {
    events: defaultEvents(changes.value),
    notices: [{ kind: 'result', payload: [defaultRights.build({ form })] }],
  };
}

type DefaultChanges = ReadonlyMap<Restriction, number | undefined>;

export const defaultEvents = (changes: DefaultChanges): GroupEvent[] =>
  [...changes].map(([restriction, seconds]) => ({ kind: 'defaultRestrictionSet', restriction, seconds }));

/** The restrictions of newcomers as they are after `changes`. */
export function changedDefaults(group: Group, changes: DefaultChanges): Map<Restriction, number> {
  const after = new Map(group.defaultRestrictions);
  for (const [restriction, seconds] of changes) {
    if (seconds === undefined) after.delete(restriction);
    else after.set(restriction, seconds);
  }
  return after;
}
