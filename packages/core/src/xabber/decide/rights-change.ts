import type { Environment } from '../environment.js';
import type { GroupEvent, PlacedMessage } from '../model/events.js';
import { type Group, type Member, nextVersion } from '../model/group.js';
import {
  changedRights,
  inForce,
  isPermission,
  RESTRICTIONS,
  type RightChanges,
  type Rights,
  roleOf,
} from '../model/rights.js';
import { cardOf, nameOf } from '../present/card.js';
import { actionMessage } from '../present/system-message.js';
import { WORDING } from '../present/wording.js';

/** A change of somebody's rights: what happens, what all are told, and his rights as they are afterwards. */
export interface RightsChange {
  readonly events: readonly GroupEvent[];
  readonly message: PlacedMessage;
  readonly rights: Rights;
}

/**
 * `actor` gives rights to `target`, or takes them (reference 9.3). Whether he may has been asked before.
 * @param changes at least one
 */
export function changeRights(
  group: Group,
  actor: Member,
  target: Member,
  changes: RightChanges,
  env: Environment,
): RightsChange {
  const all = changes.get('owner') === undefined ? changes : new Map([...changes, ...freedom(target)]);
  const rights = changedRights(target.rights, all);
  const version = nextVersion(group, env.now);
  const { privacy } = group.properties;
  const text = WORDING[newsOf(target.rights, rights, all, env.now)](
    nameOf(privacy, target),
    nameOf(privacy, actor),
  );
  const mark = {
    type: 'update',
    version,
    users: [cardOf(group, { ...target, rights }, env)],
  } as const;
  const message = actionMessage(group, actor, mark, text, env);
  return {
    events: [...rightEvents(target, all, version), { kind: 'messagePosted', message }],
    message,
    rights,
  };
}

/** Nobody stands above an owner who could lift his restrictions: he has none. */
export const freedom = (member: Member): RightChanges =>
  new Map(
    RESTRICTIONS.map((restriction) => [restriction, undefined] as const).filter(([restriction]) =>
      member.rights.has(restriction),
    ),
  );

/** The events by which the rights of `member` become other ones. */
export const rightEvents = (
  { id: member }: Pick<Member, 'id'>,
  changes: RightChanges,
  version: number,
): GroupEvent[] =>
  [...changes].map(
    ([right, until]): GroupEvent =>
      until === undefined
        ? { kind: 'rightRevoked', member, right, version }
        : { kind: 'rightGranted', member, right, until, version },
  );

type News =
  | 'promotedToOwner'
  | 'promotedToAdmin'
  | 'demoted'
  | 'permissionsChanged'
  | 'restricted'
  | 'restrictionsChanged'
  | 'restrictionsCanceled'
  | 'rightsUpdated';

/** What to call a change (reference 7.2): by the role first, else by the kind of rights that changed. */
function newsOf(before: Rights, after: Rights, changes: RightChanges, now: number): News {
  const roles = [roleOf(before, now), roleOf(after, now)] as const;
  if (roles[0] !== roles[1]) {
    if (roles[1] === 'member') return 'demoted';
    return roles[1] === 'owner' ? 'promotedToOwner' : 'promotedToAdmin';
  }
  const permissions = [...changes.keys()].filter(isPermission).length;
  if (permissions > 0) return permissions === changes.size ? 'permissionsChanged' : 'rightsUpdated';
  if (!isRestricted(before, now)) return 'restricted';
  return isRestricted(after, now) ? 'restrictionsChanged' : 'restrictionsCanceled';
}

const isRestricted = (rights: Rights, now: number): boolean =>
  RESTRICTIONS.some((restriction) => inForce(rights, restriction, now));
