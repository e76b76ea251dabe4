import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import { defaultPermissionList, permissionList } from '../answer/permissions.js';
import type { SetDefaultPermissions, SetPermissions } from '../command.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import type { PermissionEntry } from '../elements/permissions.js';
import type { Environment } from '../environment.js';
import type { Group } from '../model/group.js';
import { type PermissionName, permissionNamed } from '../model/permission-names.js';
import { inForce, type Restriction, type Right, type Rights } from '../model/rights.js';
import { standingOf } from '../present/permissions.js';
import { authorised, memberBehind, memberNamed, refusalToChangeRightsOf, refusalToSet } from './authority.js';
import { endOf } from './durations.js';
import { changedDefaults, defaultEvents } from './rights.js';
import { changeRights } from './rights-change.js';

/**
 * The rights of another member are set in the words of the clients of 2026 (reference 16.2): by the same rules as
 * with the form of 9.3. To set what is so already is no mistake here.
 */
export function decideSetPermissions(group: Group, command: SetPermissions, env: Environment): Decision {
  const actor = memberBehind(group, command.from);
  if (!actor.ok) return refuseWith(actor.error);
  const target = memberNamed(group, command.target);
  if (!target.ok) return refuseWith(target.error);
  const refused = refusalToChangeRightsOf(actor.value, target.value, env.now);
  if (refused !== undefined) return refuseWith(refused);
  const changes = changesFrom(command.permissions, target.value.rights, env.now);
  if (!changes.ok) return refuseWith(changes.error);
  const lacking = refusalToSet(actor.value, changes.value.keys(), env.now);
  if (lacking !== undefined) return refuseWith(lacking);
  const list = (rights: Rights) => permissionList(actor.value, target.value, rights, env.now);
  if (changes.value.size === 0) return answer(list(target.value.rights));
  const { events, message, rights } = changeRights(group, actor.value, target.value, changes.value, env);
  return {
    events,
    notices: [
      { kind: 'result', payload: [list(rights)] },
      { kind: 'system', message },
    ],
  };
}

/** What newcomers may do is set, in either of the two lists (reference 16.2). */
export function decideSetDefaultPermissions(
  group: Group,
  command: SetDefaultPermissions,
  env: Environment,
): Decision {
  const actor = authorised(group, command.from, 'change-group', env.now);
  if (!actor.ok) return refuseWith(actor.error);
  const changes = new Map<Restriction, number | undefined>();
  for (const entry of command.permissions) {
    const named = readEntry(entry);
    if (!named.ok) return refuseWith(named.error);
    const { stands } = named.value;
    if (typeof stands === 'string') {
      return refuseWith(refusal('not-allowed', `${entry.name} is given to single members only`));
    }
    const seconds = entry.status === true ? undefined : (entry.seconds ?? 0);
    for (const restriction of stands) {
      if (group.defaultRestrictions.get(restriction) === seconds) changes.delete(restriction);
      else changes.set(restriction, seconds);
    }
  }
  const list = defaultPermissionList(command.list, changedDefaults(group, changes));
  return { events: defaultEvents(changes), notices: [{ kind: 'result', payload: [list] }] };
}

/** The name of an entry that says what it is to be set to. */
function readEntry(entry: PermissionEntry): Result<PermissionName, StanzaError> {
  const named = permissionNamed(entry.name);
  if (named === undefined) return err(refusal('bad-request', `There is no permission ${entry.name}`));
  return entry.status === undefined
    ? err(refusal('bad-request', `It is not said whether ${entry.name} is to be held`))
    : ok(named);
}

/** What the entries change. `now` in milliseconds. */
function changesFrom(
  entries: readonly PermissionEntry[],
  held: Rights,
  now: number,
): Result<Map<Right, number | undefined>, StanzaError> {
  const changes = new Map<Right, number | undefined>();
  for (const entry of entries) {
    const named = readEntry(entry);
    if (!named.ok) return named;
    if (isAsItWas(entry, named.value, held, now)) continue;
    const { stands, setAs } = named.value;
    if (setAs !== undefined) return err(refusal('not-allowed', `${entry.name} goes with ${setAs}`));
    if (typeof stands !== 'string') {
      for (const right of stands) changes.set(right, entry.status === true ? undefined : untilOf(entry, now));
    } else if (entry.status === true) {
      changes.set(stands, untilOf(entry, now));
    } else if (inForce(held, stands, now)) {
      changes.set(stands, undefined);
    } else {
      return err(refusal('not-allowed', `${entry.name} comes with a higher permission`));
    }
  }
  return ok(changes);
}

/** When what is set ends: seconds since the epoch, `0` for never. `now` in milliseconds. */
function untilOf({ seconds, expires }: PermissionEntry, now: number): number {
  if (seconds !== undefined) return endOf(seconds, now);
  return expires !== undefined && expires * 1000 > now ? expires : 0;
}

/**
 * Clients send back what they were shown. The end tells whether it was touched: the seconds that are left have
 * become fewer meanwhile. What is free of a limit needs none.
 */
function isAsItWas(entry: PermissionEntry, named: PermissionName, held: Rights, now: number): boolean {
  const { status, until } = standingOf(named, held, now);
  if (entry.status !== status) return false;
  const limited = typeof named.stands === 'string' ? status : !status;
  return !limited || entry.expires === until || untilOf(entry, now) === until;
}
