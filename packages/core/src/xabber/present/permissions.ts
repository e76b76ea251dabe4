import type { PermissionEntry } from '../elements/permissions.js';
import type { PermissionName } from '../model/permission-names.js';
import { inForce, permittedUntil, type Restriction, type Rights } from '../model/rights.js';

/** Whether a permission of the clients of 2026 is held, and how long that lasts. */
export interface Standing {
  readonly status: boolean;
  /** When it becomes the other way round again: seconds since the epoch, `0` for never. */
  readonly until: number;
}

/** The last of several ends, `0` being never. */
const last = (ends: readonly number[]): number => (ends.includes(0) ? 0 : Math.max(0, ...ends));

/** `now` in milliseconds. */
export function standingOf({ stands }: PermissionName, rights: Rights, now: number): Standing {
  if (typeof stands === 'string') {
    const until = permittedUntil(rights, stands, now);
    return until === undefined ? { status: false, until: 0 } : { status: true, until };
  }
  const ends = stands.filter((right) => inForce(rights, right, now)).map((right) => rights.get(right) ?? 0);
  return { status: ends.length === 0, until: last(ends) };
}

const levelOf = ({ stands }: PermissionName): 'member' | 'admin' | 'owner' => {
  if (typeof stands !== 'string') return 'member';
  return stands === 'owner' ? 'owner' : 'admin';
};

/** One line of the list (reference 16.2). `now` in milliseconds. */
export function permissionEntry(
  named: PermissionName,
  { status, until }: Standing,
  fixed: boolean,
  now: number,
): PermissionEntry {
  return {
    name: named.name,
    level: levelOf(named),
    status,
    display: named.display,
    fixed,
    ...(until === 0 ? {} : { seconds: Math.max(0, until - Math.floor(now / 1000)), expires: until }),
  };
}

/** One line of the list of defaults; there the time begins with each newcomer. */
export function defaultEntry(
  named: PermissionName,
  restrictions: readonly Restriction[],
  defaults: ReadonlyMap<Restriction, number>,
): PermissionEntry {
  const times = restrictions.flatMap((restriction) => defaults.get(restriction) ?? []);
  const seconds = last(times);
  return {
    name: named.name,
    level: 'member',
    status: times.length === 0,
    display: named.display,
    fixed: false,
    ...(seconds === 0 ? {} : { seconds }),
  };
}
