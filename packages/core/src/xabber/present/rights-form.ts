import { type Form, type FormField, formField, formOf } from '../../xep/0004-data-forms.js';
import { NS } from '../../xml/namespaces.js';
import {
  inForce,
  isPermission,
  PERMISSIONS,
  type Permission,
  permittedUntil,
  RESTRICTIONS,
  type Restriction,
  type Right,
  type Rights,
} from '../model/rights.js';
import { DURATIONS, RIGHT_LABELS } from './wording.js';

/** The fields of these forms that are no rights: headings, and what says whose rights they are. */
export const RIGHTS_FORM_FIELDS = {
  formType: 'FORM_TYPE',
  userId: 'user-id',
  permissions: 'permission',
  restrictions: 'restriction',
} as const;

const heading = (name: string, title: string): FormField =>
  formField({ var: name, type: 'fixed', values: [title] });

const userId = (id: string): FormField =>
  formField({ var: RIGHTS_FORM_FIELDS.userId, type: 'hidden', values: [id] });

/** Headings are there only where something stands under them. */
const sections = (shown: (right: Right) => boolean, field: (right: Right) => FormField): FormField[] => {
  const permissions = PERMISSIONS.filter(shown);
  const restrictions = RESTRICTIONS.filter(shown);
  return [
    ...(permissions.length > 0 ? [heading(RIGHTS_FORM_FIELDS.permissions, 'Permissions')] : []),
    ...permissions.map(field),
    ...(restrictions.length > 0 ? [heading(RIGHTS_FORM_FIELDS.restrictions, 'Restrictions')] : []),
    ...restrictions.map(field),
  ];
};

/** A right without a value is not held: clients look for nothing else, so one that has expired has none. */
const valuesOf = (held: Rights, right: Right, now: number): string[] =>
  inForce(held, right, now) ? [String(held.get(right))] : [];

const effective = (held: Rights, permission: Permission, now: number): string[] => {
  const until = permittedUntil(held, permission, now);
  return until === undefined ? [] : [String(until)];
};

/**
 * One's own rights in force, as a form with nothing to fill in; a value says until when (reference 9.2). A
 * permission includes those below it, and xabber-web looks for each by its own name. `now` in milliseconds.
 */
export const ownRightsForm = (id: string, held: Rights, now: number): Form =>
  formOf(
    'form',
    NS.groupsRights,
    [
      userId(id),
      ...sections(
        () => true,
        (right) =>
          formField({
            var: right,
            type: 'fixed',
            label: RIGHT_LABELS[right],
            values: isPermission(right) ? effective(held, right, now) : valuesOf(held, right, now),
          }),
      ),
    ],
    "Group user's rights",
  );

const DURATION_OPTIONS: FormField['options'] = DURATIONS.map(([seconds, label]) => ({
  label,
  value: String(seconds),
}));

/** What is in force now, and ends, can be left as it is. */
const optionsFor = (values: readonly string[]): FormField['options'] => {
  const current = values.filter((value) => value !== '0').map((value) => ({ label: 'current', value }));
  return [...current, ...DURATION_OPTIONS];
};

/**
 * The rights of another member (reference 9.3): with options to change them by, or as the result of a change.
 * @param shown which rights there are in it: those that the reader may change
 * @param now milliseconds
 */
export function memberRightsForm(
  type: 'form' | 'result',
  id: string,
  held: Rights,
  shown: (right: Right) => boolean,
  now: number,
): Form {
  const fields = sections(shown, (right) => {
    const values = valuesOf(held, right, now);
    const options = type === 'form' ? optionsFor(values) : [];
    return formField({ var: right, type: 'list-single', label: RIGHT_LABELS[right], values, options });
  });
  return {
    ...formOf(type, NS.groupsRights, [userId(id), ...fields], "Groupchat user's rights change"),
    instructions: ['Fill out this form to change the rights of user'],
  };
}

/** What newcomers may not do (reference 9.5); the values are durations in seconds, `0` for ever. */
export function defaultRightsForm(
  type: 'form' | 'result',
  restrictions: ReadonlyMap<Restriction, number>,
): Form {
  const fields = RESTRICTIONS.map((restriction) => {
    const seconds = restrictions.get(restriction);
    return formField({
      var: restriction,
      type: 'list-single',
      label: RIGHT_LABELS[restriction],
      values: seconds === undefined ? [] : [String(seconds)],
      options: type === 'form' ? DURATION_OPTIONS : [],
    });
  });
  return {
    ...formOf(
      type,
      NS.groups,
      [heading(RIGHTS_FORM_FIELDS.restrictions, 'Restrictions'), ...fields],
      'Groupchat default rights',
    ),
    instructions: ['Fill out this form to change the default rights of group chat'],
  };
}
