import { bareOf, type Jid } from '../../jid/index.js';
import { refusal } from '../../stanza/error.js';
import { type FormField, formField, formOf } from '../../xep/0004-data-forms.js';
import { NS } from '../../xml/namespaces.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import { rights } from '../elements/rights.js';
import type { Environment } from '../environment.js';
import { type Group, memberByJid } from '../model/group.js';
import { inForce, PERMISSIONS, RESTRICTIONS, type Right, type Rights } from '../model/rights.js';

/** How a right is called in forms. */
const LABELS: Readonly<Record<Right, string>> = {
  owner: 'Owner',
  'change-group': 'Change group',
  'set-permissions': 'Set permissions',
  'set-restrictions': 'Set restrictions',
  'change-users': 'Change users',
  'delete-messages': 'Delete messages',
  'send-messages': 'Send messages',
  'read-messages': 'Read messages',
  'send-invitations': 'Send invitations',
  'send-images': 'Send images',
  'send-audio': 'Send audio',
  'send-voice': 'Send voice messages',
  'send-stickers': 'Send stickers',
};

/** Which rights there are (reference 9.2, trap T24). */
export const answerAllRights = (): Decision =>
  answer(
    rights.build({
      permissions: PERMISSIONS.map((name) => ({ name, translation: LABELS[name] })),
      restrictions: RESTRICTIONS.map((name) => ({ name, translation: LABELS[name] })),
    }),
  );

/**
 * One's own rights in force, as a form with nothing to fill in; a value says until when (reference 9.2).
 */
export function answerRights(
  group: Group,
  question: { readonly from: Jid; readonly id: string },
  env: Environment,
): Decision {
  const asker = memberByJid(group, bareOf(question.from));
  if (asker === undefined || asker.subscription === 'none') {
    return refuseWith(refusal('not-allowed', 'You are not a member of this group'));
  }
  if (question.id !== '' && question.id !== asker.id) {
    return refuseWith(refusal('feature-not-implemented', 'Only your own rights can be asked for'));
  }
  const field = (right: Right): FormField => fixed(right, asker.rights, env.now);
  const form = formOf(
    'form',
    NS.groupsRights,
    [
      formField({ var: 'user-id', type: 'hidden', values: [question.id] }),
      heading('permission', 'Permissions'),
      ...PERMISSIONS.map(field),
      heading('restriction', 'Restrictions'),
      ...RESTRICTIONS.map(field),
    ],
    "Group user's rights",
  );
  return answer(rights.build({ permissions: [], restrictions: [], form }));
}

const heading = (name: string, title: string): FormField =>
  formField({ var: name, type: 'fixed', values: [title] });

/** A right without a value is not held: clients look for nothing else, so one that has expired has none. */
function fixed(right: Right, held: Rights, now: number): FormField {
  const until = inForce(held, right, now) ? held.get(right) : undefined;
  return formField({
    var: right,
    type: 'fixed',
    label: LABELS[right],
    values: until === undefined ? [] : [String(until)],
  });
}
