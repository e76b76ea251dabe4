import { type Form, formField, formOf } from '../../xep/0004-data-forms.js';
import { NS } from '../../xml/namespaces.js';
import type { Status } from '../model/group.js';
import { STATUS_DESCRIPTIONS, STATUS_LABELS } from '../present/wording.js';

export const STATUSES: readonly Status[] = [
  'fiesta',
  'discussion',
  'regulated',
  'limited',
  'restricted',
  'inactive',
];

/** What a client shows for a status: xabber-web takes the colour from it. */
const SHOWN: Readonly<Record<Status, string>> = {
  fiesta: 'chat',
  discussion: 'active',
  regulated: 'away',
  limited: 'xa',
  restricted: 'dnd',
  inactive: 'inactive',
};

/**
 * The status as a form (reference 5.5): for who may not change it there is nothing to fill in.
 */
export function statusForm(status: Status, mayChange: boolean): Form {
  const form = formOf(
    'form',
    NS.groupsStatus,
    [
      formField({ var: 'header1', type: 'fixed', values: ['Section 1 : Statuses'] }),
      formField({
        var: 'status',
        type: mayChange ? 'text-single' : 'fixed',
        label: 'Status',
        description: 'Change status to change behaviour of group',
        values: [status],
        options: STATUSES.map((value) => ({ label: STATUS_LABELS[value], value })),
      }),
      formField({ var: 'header2', type: 'fixed', values: ['Section 2 : Description of statuses'] }),
      ...STATUSES.map((name) =>
        formField({
          var: name,
          type: 'fixed',
          label: STATUS_LABELS[name],
          description: STATUS_DESCRIPTIONS[name],
          values: [SHOWN[name]],
        }),
      ),
    ],
    'Group status change',
  );
  return { ...form, instructions: ['Fill out this form to change the group status'] };
}
