import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { SubmittedRights } from '../command.js';
import {
  inForce,
  PERMISSIONS,
  RESTRICTIONS,
  type Restriction,
  type Right,
  type Rights,
} from '../model/rights.js';
import { DURATIONS } from '../present/wording.js';

const bad = (text: string) => err(refusal('bad-request', text));

const RIGHTS: readonly Right[] = [...PERMISSIONS, ...RESTRICTIONS];
const find = <R extends Right>(rights: readonly R[], name: string): R | undefined =>
  rights.find((right) => right === name);

const isOffered = (value: string): boolean => DURATIONS.some(([seconds]) => String(seconds) === value);

const LONGEST = Math.max(...DURATIONS.map(([seconds]) => seconds));

/** A moment that has passed: the form is older than the end of the right. */
const isOver = (value: string, now: number): boolean =>
  /^\d{8,12}$/.test(value) && Number(value) > LONGEST && Number(value) * 1000 <= now;

/**
 * What a submitted form of a member's rights changes (reference 9.3). Clients send every field again, those
 * that nobody touched with the moment when the right ends: these are no changes, and need not be durations (trap
 * T15). `now` in milliseconds.
 * @returns until when each changed right is in force, in seconds; the refusals of row 37 otherwise
 */
export function changesFrom(
  submitted: SubmittedRights,
  held: Rights,
  now: number,
): Result<ReadonlyMap<Right, number | undefined>, StanzaError> {
  const changes = new Map<Right, number | undefined>();
  for (const [name, value] of submitted) {
    const right = find(RIGHTS, name);
    if (right === undefined) return bad(`There is no right ${name}`);
    const none = value === '' || isOver(value, now);
    if (none ? !inForce(held, right, now) : value === String(held.get(right))) continue;
    if (!none && !isOffered(value)) return bad(`${value} is not a time for which ${name} can be given`);
    changes.set(right, none ? undefined : endOf(Number(value), now));
  }
  return changes.size > 0 ? ok(changes) : bad('Nothing is changed');
}

/** When a right ends that is given now: seconds since the epoch, `0` for never. `now` in milliseconds. */
export const endOf = (seconds: number, now: number): number =>
  seconds === 0 ? 0 : Math.floor(now / 1000) + seconds;

/** What a submitted form of the default restrictions changes: durations in seconds (reference 9.5, row 41). */
export function defaultChangesFrom(
  submitted: SubmittedRights,
  current: ReadonlyMap<Restriction, number>,
): Result<ReadonlyMap<Restriction, number | undefined>, StanzaError> {
  const changes = new Map<Restriction, number | undefined>();
  for (const [name, value] of submitted) {
    const restriction = find(RESTRICTIONS, name);
    if (restriction === undefined) return bad(`There is no restriction ${name}`);
    if (value === String(current.get(restriction) ?? '')) continue;
    if (value !== '' && !isOffered(value)) {
      return bad(`${value} is not a time for which ${name} can be taken from newcomers`);
    }
    changes.set(restriction, value === '' ? undefined : Number(value));
  }
  return changes.size > 0 ? ok(changes) : bad('Nothing is changed');
}
