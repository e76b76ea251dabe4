import type { BareJid } from '@xmpp-groups/core/jid';
import { PERMISSIONS, RESTRICTIONS, RIGHTS_FORM_FIELDS, type Right, rights } from '@xmpp-groups/core/xabber';
import { type Form, formField, formOf } from '@xmpp-groups/core/xep';
import { NS } from '@xmpp-groups/core/xml';
import { type Attempt, unreadable } from '../errors.js';
import type { Wire } from '../wire.js';

/** A right of a member as a group shows it (reference 9.1 to 9.3). */
export interface ShownRight {
  readonly name: Right;
  /** A permission allows, a restriction forbids. */
  readonly kind: 'permission' | 'restriction';
  /** Until when it is in force, in seconds since the epoch; `0` for ever, `undefined`: it is not. */
  readonly until: number | undefined;
  /** The durations that can be chosen, in seconds, `0` for ever; empty when one may not change it. */
  readonly durations: readonly number[];
}

const NONE = { permissions: [], restrictions: [] };

const integers = (texts: readonly string[]): number[] => texts.map(Number).filter(Number.isSafeInteger);

const shown = (form: Form): ShownRight[] =>
  form.fields.flatMap(({ var: field, values, options }) => {
    const permission = PERMISSIONS.find((candidate) => candidate === field);
    const name = permission ?? RESTRICTIONS.find((candidate) => candidate === field);
    if (name === undefined) return [];
    const [until] = integers(values);
    // The current end is among the options too; it is a moment and no duration.
    const current = options.filter(({ label }) => label !== 'current').map(({ value }) => value);
    const kind = permission === undefined ? 'restriction' : 'permission';
    return [{ name, kind, until, durations: integers(current) }];
  });

const formIn = (attempt: Attempt, form: Form | undefined): Form => {
  if (form === undefined) throw unreadable(attempt, { path: 'query', reason: 'no form in it' });
  return form;
};

/** The rights of a member by his id, `''` for oneself (reference 9.2, 9.3). */
export async function readRights(wire: Wire, group: BareJid, id: string): Promise<readonly ShownRight[]> {
  const attempt = { what: 'ask for rights', to: group };
  const answer = await wire.ask(attempt, rights.build({ ...NONE, user: { id } }), rights);
  return shown(formIn(attempt, answer.form));
}

/**
 * Changes rights of another member (reference 9.3).
 * @param changes for how long each is to be in force, in seconds, `0` for ever, `undefined` to take it away; only
 *   durations that are offered are taken
 */
export async function changeRights(
  wire: Wire,
  group: BareJid,
  id: string,
  changes: ReadonlyMap<Right, number | undefined>,
): Promise<void> {
  const user = formField({ var: RIGHTS_FORM_FIELDS.userId, type: 'hidden', values: [id] });
  const fields = [...changes].map(([name, duration]) =>
    formField({ var: name, type: 'list-single', values: duration === undefined ? [] : [String(duration)] }),
  );
  const form = formOf('submit', NS.groupsRights, [user, ...fields]);
  await wire.change({ what: 'change rights', to: group }, rights.build({ ...NONE, form }));
}
