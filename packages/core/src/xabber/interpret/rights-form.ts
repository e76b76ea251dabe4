import type { Jid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import { type Form, firstValueOf } from '../../xep/0004-data-forms.js';
import type { SetDefaultRights, SetRights, SubmittedRights } from '../command.js';
import { RIGHTS_FORM_FIELDS } from '../present/rights-form.js';

const NO_RIGHTS: ReadonlySet<string> = new Set(Object.values(RIGHTS_FORM_FIELDS));

/**
 * The fields of a submitted form that may be rights. Clients send headings and hidden fields back with the rest,
 * with their types or without (reference 9.3).
 */
function submitted(form: Form | undefined): Result<SubmittedRights, StanzaError> {
  if (form?.type !== 'submit') return err(refusal('bad-request', 'A submitted form is needed'));
  const values = new Map<string, string>();
  for (const { var: name, type, values: given } of form.fields) {
    if (type === 'fixed' || type === 'hidden' || name === undefined || NO_RIGHTS.has(name)) continue;
    if (given.length > 1 || values.has(name)) {
      return err(refusal('bad-request', `${name} has more than one value`));
    }
    values.set(name, given[0]?.trim() ?? '');
  }
  return ok(values);
}

/** The form with the rights of another member (reference 9.3). */
export function interpretRightsForm(form: Form | undefined, from: Jid): Result<SetRights, StanzaError> {
  const values = submitted(form);
  if (!values.ok) return values;
  const id = form && firstValueOf(form, RIGHTS_FORM_FIELDS.userId)?.trim();
  return ok({ kind: 'setRights', from, id: id ?? '', values: values.value });
}

/** The form with what newcomers may not do (reference 9.5). */
export function interpretDefaultRightsForm(
  form: Form | undefined,
  from: Jid,
): Result<SetDefaultRights, StanzaError> {
  const values = submitted(form);
  return values.ok ? ok({ kind: 'setDefaultRights', from, values: values.value }) : values;
}
