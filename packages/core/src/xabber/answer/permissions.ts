import type { Jid } from '../../jid/index.js';
import type { XmlElement } from '../../xml/element.js';
import type { DefaultList } from '../command.js';
import {
  authorised,
  maySet,
  memberBehind,
  memberNamed,
  refusalToChangeRightsOf,
} from '../decide/authority.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import { defaultPermissions, newbiePermissions, permissions } from '../elements/permissions.js';
import type { Environment } from '../environment.js';
import type { Group, Member } from '../model/group.js';
import { PERMISSION_NAMES, type PermissionName } from '../model/permission-names.js';
import { inForce, type Restriction, type Rights } from '../model/rights.js';
import { defaultEntry, permissionEntry, standingOf } from '../present/permissions.js';

/**
 * What a member may do, in the words of the clients of 2026 (reference 16.2). Of oneself it is told, of others it is
 * told to who may change something about it.
 */
export function answerPermissions(
  group: Group,
  question: { readonly from: Jid; readonly target: string },
  env: Environment,
): Decision {
  const asker = memberBehind(group, question.from);
  if (!asker.ok) return refuseWith(asker.error);
  const target = question.target === '' ? asker : memberNamed(group, question.target);
  if (!target.ok) return refuseWith(target.error);
  return answer(permissionList(asker.value, target.value, target.value.rights, env.now));
}

/**
 * The list for `reader` about `target`, whose rights are `rights`; empty when it is none of the reader's business.
 * `now` in milliseconds.
 */
export function permissionList(reader: Member, target: Member, rights: Rights, now: number): XmlElement {
  const mayChange = refusalToChangeRightsOf(reader, target, now) === undefined;
  const told = mayChange || reader.id === target.id;
  const entry = (named: PermissionName) =>
    permissionEntry(
      named,
      standingOf(named, rights, now),
      !mayChange || !isChangeable(named, reader, rights, now),
      now,
    );
  return permissions.build({ target: target.id, permissions: told ? PERMISSION_NAMES.map(entry) : [] });
}

/** Names that go with another, and permissions that come from a higher one, cannot be changed by themselves. */
function isChangeable(named: PermissionName, reader: Member, rights: Rights, now: number): boolean {
  const { stands, setAs } = named;
  if (setAs !== undefined) return false;
  if (typeof stands !== 'string') return stands.every((right) => maySet(reader, right, now));
  const { status } = standingOf(named, rights, now);
  return maySet(reader, stands, now) && (!status || inForce(rights, stands, now));
}

/** What newcomers may do. Both lists of the clients of 2026 show the same rules: there is one store of them. */
export function answerDefaultPermissions(
  group: Group,
  question: { readonly from: Jid; readonly list: DefaultList },
  env: Environment,
): Decision {
  const asker = authorised(group, question.from, 'change-group', env.now);
  if (!asker.ok) return refuseWith(asker.error);
  return answer(defaultPermissionList(question.list, group.defaultRestrictions));
}

export function defaultPermissionList(
  list: DefaultList,
  defaults: ReadonlyMap<Restriction, number>,
): XmlElement {
  const declared = list === 'defaults' ? defaultPermissions : newbiePermissions;
  const entries = PERMISSION_NAMES.flatMap((named) =>
    typeof named.stands === 'string' ? [] : [defaultEntry(named, named.stands, defaults)],
  );
  return declared.build({ permissions: { permissions: entries } });
}
