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

export const RESTRICTIONS = [
  'send-messages',
  'read-messages',
  'send-invitations',
  'send-images',
  'send-audio',
  'send-voice',
  'send-stickers',
] as const;

export type Permission = (typeof PERMISSIONS)[number];
export type Restriction = (typeof RESTRICTIONS)[number];
export type Right = Permission | Restriction;

export type Role = 'owner' | 'admin' | 'member';

/** Until when each right of a member is in force: seconds since the epoch, `0` for ever. */
export type Rights = ReadonlyMap<Right, number>;

export const NO_RIGHTS: Rights = new Map();

const levelOf = (permission: Permission): number => PERMISSIONS.length - PERMISSIONS.indexOf(permission);

/** Whether `right` is held and has not expired. `now` in milliseconds. */
export const inForce = (rights: Rights, right: Right, now: number): boolean => {
  const until = rights.get(right);
  return until !== undefined && (until === 0 || until * 1000 > now);
};

/** The highest level among the permissions in force; `0` for none. `now` in milliseconds. */
const level = (rights: Rights, now: number): number =>
  Math.max(0, ...PERMISSIONS.filter((permission) => inForce(rights, permission, now)).map(levelOf));

/** Whether somebody with these rights may do what `permission` allows. `now` in milliseconds. */
export const permits = (rights: Rights, permission: Permission, now: number): boolean =>
  level(rights, now) >= levelOf(permission);

/** Whether `restriction` is in force. `now` in milliseconds. */
export const restricts = (rights: Rights, restriction: Restriction, now: number): boolean =>
  inForce(rights, restriction, now);

/** The role that the rights in force amount to (reference 8.1). `now` in milliseconds. */
export function roleOf(rights: Rights, now: number): Role {
  if (rights.size === 0) return 'member';
  if (inForce(rights, 'owner', now)) return 'owner';
  return level(rights, now) > 0 ? 'admin' : 'member';
}
