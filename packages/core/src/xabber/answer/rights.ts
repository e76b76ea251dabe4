import { bareOf, type Jid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { Form } from '../../xep/0004-data-forms.js';
import {
  authorised,
  maySet,
  memberBehind,
  memberNamed,
  refusalToChangeRightsOf,
} from '../decide/authority.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import { defaultRights } from '../elements/default-rights.js';
import { rights } from '../elements/rights.js';
import type { Environment } from '../environment.js';
import { type Group, type Member, memberByJid } from '../model/group.js';
import { PERMISSIONS, RESTRICTIONS } from '../model/rights.js';
import { defaultRightsForm, memberRightsForm, ownRightsForm } from '../present/rights-form.js';
import { RIGHT_LABELS } from '../present/wording.js';

/** The asker, if he is a member or about to become one: who waits may look at his own rights. */
function insider(group: Group, from: Jid): Result<Member, StanzaError> {
  const asker = memberByJid(group, bareOf(from));
  return asker === undefined || asker.subscription === 'none'
    ? err(refusal('not-allowed', 'You are not a member of this group'))
    : ok(asker);
}

/** Which rights there are, and which restrictions newcomers get (reference 9.2, trap T24). */
export function answerAllRights(group: Group, from: Jid): Decision {
  const asker = insider(group, from);
  if (!asker.ok) return refuseWith(asker.error);
  return answer(
    rights.build({
      permissions: PERMISSIONS.map((name) => ({ name, translation: RIGHT_LABELS[name] })),
      restrictions: RESTRICTIONS.map((name) => ({
        name,
        translation: RIGHT_LABELS[name],
        expires: group.defaultRestrictions.get(name),
      })),
    }),
  );
}

const formAnswer = (form: Form): Decision =>
  answer(rights.build({ permissions: [], restrictions: [], form }));

/**
 * One's own rights, or a form to change those of another member (reference 9.2, 9.3). There stands in it what the
 * asker may change: nothing when he may not change any.
 */
export function answerRights(
  group: Group,
  question: { readonly from: Jid; readonly id: string },
  env: Environment,
): Decision {
  const own = insider(group, question.from);
  if (!own.ok) return refuseWith(own.error);
  if (question.id === '' || question.id === own.value.id) {
    return formAnswer(ownRightsForm(question.id, own.value.rights, env.now));
  }
  const asker = memberBehind(group, question.from);
  if (!asker.ok) return refuseWith(asker.error);
  const target = memberNamed(group, question.id);
  if (!target.ok) return refuseWith(target.error);
  const mayChange = refusalToChangeRightsOf(asker.value, target.value, env.now) === undefined;
  return formAnswer(
    memberRightsForm(
      'form',
      question.id,
      target.value.rights,
      (right) => mayChange && maySet(asker.value, right, env.now),
      env.now,
    ),
  );
}

/** A form with what newcomers may not do (reference 9.5). */
export function answerDefaultRights(group: Group, from: Jid, env: Environment): Decision {
  const asker = authorised(group, from, 'change-group', env.now);
  if (!asker.ok) return refuseWith(asker.error);
  return answer(defaultRights.build({ form: defaultRightsForm('form', group.defaultRestrictions) }));
}
