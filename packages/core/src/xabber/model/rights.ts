/**
 * What a member may do. A *permission* in force lets its holder do something, a *restriction* in force forbids
 * it (reference 9.1). Permissions are levels: one includes all those below it.
 */
export const PERMISSIONS = [
  'owner',
  'change-group',
  'set-permissions',
  'set-restrictions',
  'change-users',
  'delete-messages',
] as const;

/** What a member may be forbidden (reference 9.1). */
export const RESTRICTIONS = [
  'send-messages',
  'read-messages',
  'send-invitations',
  'send-images',
  'send-audio',
  'send-voice',
  'send-stickers',
] as const;

/** The name of a permission. */
export type Permission = (typeof PERMISSIONS)[number];

/** The name of a restriction. */
export type Restriction = (typeof RESTRICTIONS)[number];

/** The name of a right of either kind. */
export type Right = Permission | Restriction;

/** What a member is called for his rights (reference 8.1). */
export type Role = 'owner' | 'admin' | 'member';

/** Until when each right of a member is in force: seconds since the epoch, `0` for ever. */
export type Rights = ReadonlyMap<Right, number>;

/** Nothing granted, nothing forbidden. */
export const NO_RIGHTS: Rights = new Map();

const levelOf = (permission: Permission): number => PERMISSIONS.length - PERMISSIONS.indexOf(permission);

/** Whether `right` is held and has not expired. `now` in milliseconds. */
export const inForce = (rights: Rights, right: Right, now: number): boolean => {
  const until = rights.get(right);
  return until !== undefined && (until === 0 || until * 1000 > now);
};

/** The highest level among the permissions in force; `0` for none. `now` in milliseconds. */
export const levelIn = (rights: Rights, now: number): number =>
  Math.max(0, ...PERMISSIONS.filter((permission) => inForce(rights, permission, now)).map(levelOf));

/** Whether somebody with these rights may do what `permission` allows. `now` in milliseconds. */
export const permits = (rights: Rights, permission: Permission, now: number): boolean =>
  levelIn(rights, now) >= levelOf(permission);

/**
 * Until when somebody with these rights may do what `permission` allows, by it or by those above it: seconds since
 * the epoch, `0` for ever, `undefined` when he may not. `now` in milliseconds.
 */
export function permittedUntil(rights: Rights, permission: Permission, now: number): number | undefined {
  const ends = PERMISSIONS.slice(0, PERMISSIONS.indexOf(permission) + 1)
    .filter((candidate) => inForce(rights, candidate, now))
    .map((candidate) => rights.get(candidate) ?? 0);
  if (ends.length === 0) return undefined;
  return ends.includes(0) ? 0 : Math.max(...ends);
}

/** Whether `restriction` is in force. `now` in milliseconds. */
export const restricts = (rights: Rights, restriction: Restriction, now: number): boolean =>
  inForce(rights, restriction, now);

/** Whether one of these rights is a permission. */
export const isPermission = (right: Right): right is Permission =>
  PERMISSIONS.some((permission) => permission === right);

/**
 * The permission that it takes to give `right` to somebody else, or to take it from him (reference 9.3). Whoever
 * holds `set-permissions` or more gives what is below his own level; `owner` is given by owners.
 */
export function neededToSet(right: Right): Permission {
  if (!isPermission(right)) return 'set-restrictions';
  const above = PERMISSIONS[PERMISSIONS.indexOf(right) - 1] ?? 'owner';
  return levelOf(above) > levelOf('set-permissions') ? above : 'set-permissions';
}

/** Some rights that change: until when each is in force, in seconds (`0` for ever); `undefined` takes it away. */
export type RightChanges = ReadonlyMap<Right, number | undefined>;

/** The rights as they are after `changes`. */
export function changedRights(rights: Rights, changes: RightChanges): Rights {
  const after = new Map(rights);
  for (const [right, until] of changes) {
    if (until === undefined) after.delete(right);
    else after.set(right, until);
  }
  return after;
}

/** The rights among these that have expired. `now` in milliseconds. */
export const expired = (rights: Rights, now: number): Right[] =>
  rights.size === 0 ? [] : [...rights.keys()].filter((right) => !inForce(rights, right, now));

/** The role that the rights in force amount to (reference 8.1). `now` in milliseconds. */
export function roleOf(rights: Rights, now: number): Role {
  if (rights.size === 0) return 'member';
  if (inForce(rights, 'owner', now)) return 'owner';
  return levelIn(rights, now) > 0 ? 'admin' : 'member';
}
