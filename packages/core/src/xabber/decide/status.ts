import type { Jid } from '../../jid/index.js';
import { refusal } from '../../stanza/error.js';
import { type Form, valuesOf } from '../../xep/0004-data-forms.js';
import { STATUSES, statusForm } from '../answer/status-form.js';
import { type Decision, refuseWith } from '../decision.js';
import { statusQuery } from '../elements/settings.js';
import type { Environment } from '../environment.js';
import type { Group } from '../model/group.js';
import { nameOf } from '../present/card.js';
import { settingsMessage } from '../present/settings-message.js';
import { STATUS_LABELS, WORDING } from '../present/wording.js';
import { authorised } from './authority.js';

/**
 * The status is changed by a form (reference 5.5). Clients send all of its fields back: only `status` counts.
 * It is the one change that an inactive group takes.
 */
export function decideStatus(
  group: Group,
  command: { readonly from: Jid; readonly form: Form },
  env: Environment,
): Decision {
  const actor = authorised(group, command.from, 'change-group', env.now);
  if (!actor.ok) return refuseWith(actor.error);
  const wanted = valuesOf(command.form, 'status')?.[0]?.trim();
  const status = STATUSES.find((candidate) => candidate === wanted);
  if (status === undefined) {
    return refuseWith(refusal('bad-request', `The status must be one of ${STATUSES.join(', ')}`));
  }
  if (status === group.status) {
    return refuseWith(refusal('bad-request', `The status is ${status} already`));
  }
  const words = WORDING.statusChanged(nameOf(group.properties.privacy, actor.value), STATUS_LABELS[status]);
  const message = settingsMessage({ ...group, status }, actor.value, words, env);
  return {
    events: [
      { kind: 'statusChanged', status },
      { kind: 'messagePosted', message },
    ],
    notices: [
      { kind: 'result', payload: [statusQuery.build({ form: statusForm(status, true) })] },
      { kind: 'presence', to: 'members' },
      { kind: 'system', message },
    ],
  };
}
