import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { SubmittedRights } from '../command.js';
import { inForce, isPermission, type Restriction, type Right, type Rights } from '../model/rights.js';
import { DURATIONS, V0_RIGHT_LABELS } from '../present/wording.js';

/**
 * The rights of the first generation, each with the one that stands for it now (reference 9.1, 16). Where two are
 * one, giving or taking either does it.
 */
const NAMES: readonly (readonly [name: keyof typeof V0_RIGHT_LABELS, right: Right])[] = [
  ['owner', 'owner'],
  ['administrator', 'change-group'],
  ['restrict-participants', 'set-restrictions'],
  ['block-participants', 'set-restrictions'],
  ['change-badges', 'change-users'],
  ['change-nicknames', 'change-users'],
  ['delete-messages', 'delete-messages'],
  ['send-messages', 'send-messages'],
  ['read-messages', 'read-messages'],
  ['send-invitations', 'send-invitations'],
  ['send-images', 'send-images'],
  ['send-audio', 'send-audio'],
];

/** A right as the first generation writes it. */
export interface RightV0 {
  readonly name: string;
  readonly translation?: string | undefined;
  readonly expires?: string | undefined;
}

interface RightsV0 {
  readonly permissions: readonly RightV0[];
  readonly restrictions: readonly RightV0[];
}

const listed = (expiresOf: (right: Right) => string | undefined, all: boolean): RightsV0 => {
  const rights = NAMES.filter(([, right]) => all || expiresOf(right) !== undefined);
  const entry = ([name, right]: (typeof NAMES)[number]): RightV0 => ({
    name,
    translation: V0_RIGHT_LABELS[name],
    expires: expiresOf(right),
  });
  return {
    permissions: rights.filter(([, right]) => isPermission(right)).map(entry),
    restrictions: rights.filter(([, right]) => !isPermission(right)).map(entry),
  };
};

/** What somebody has of them, with the moments when they end. `now` in milliseconds. */
export const heldRights = (rights: Rights, now: number): RightsV0 =>
  listed((right) => (inForce(rights, right, now) ? momentOf(rights.get(right) ?? 0) : undefined), false);

/** All that there are, with the times for which newcomers get restrictions; in seconds, `0` for ever. */
export const allRights = (defaults: ReadonlyMap<Right | Restriction, number>): RightsV0 =>
  listed((right) => durationOf(defaults.get(right)), true);

/** Rights that never end had a moment a thousand years away; clients count the years (reference 17). */
const NEVER = '9999-12-31 23:59:59';

const momentOf = (until: number): string =>
  until === 0 ? NEVER : new Date(until * 1000).toISOString().slice(0, 19).replace('T', ' ');

const durationOf = (seconds: number | undefined): string | undefined =>
  seconds === 0 ? 'never' : DURATIONS.find(([known]) => known === seconds)?.[1];

const MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** The value in the forms of today for when a right is to end; `undefined`: no time makes sense of it. */
function formValueOf(expires: string): string | undefined {
  const word = expires.trim();
  if (word === 'now' || word === 'none' || word === '') return '';
  if (word === 'never' || word === NEVER) return '0';
  if (/^\d{1,12}$/.test(word)) return word;
  if (MOMENT.test(word)) {
    const moment = Date.parse(`${word.replace(' ', 'T')}Z`);
    return Number.isNaN(moment) ? undefined : String(Math.floor(moment / 1000));
  }
  const known = DURATIONS.find(([, label]) => label === word);
  return known && String(known[0]);
}

/**
 * What is submitted with these rights, in the names of today. A name that the first generation does not know is
 * taken as one of today.
 */
export function submittedRights(rights: readonly RightV0[]): Result<SubmittedRights, StanzaError> {
  const values = new Map<string, string>();
  for (const { name, expires = '' } of rights) {
    const right = NAMES.find(([known]) => known === name)?.[1] ?? name;
    const value = formValueOf(expires);
    if (value === undefined) return err(refusal('bad-request', `${expires} is not a time for ${name}`));
    if ((values.get(right) ?? value) !== value) {
      return err(refusal('bad-request', `${name} and another name of ${right} contradict each other`));
    }
    values.set(right, value);
  }
  return ok(values);
}
