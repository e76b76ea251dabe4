import type { Jid } from '../../jid/index.js';
import { err, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { Form } from '../../xep/0004-data-forms.js';
import { isPace, propertiesForm, readProperties, type SettingName } from '../answer/properties-form.js';
import { type Decision, type Notice, refuseWith } from '../decision.js';
import { propertiesQuery } from '../elements/settings.js';
import type { Environment } from '../environment.js';
import type { Group, Member, Pace } from '../model/group.js';
import { nameOf } from '../present/card.js';
import { settingsMessage } from '../present/settings-message.js';
import { WORDING } from '../present/wording.js';
import { authorised } from './authority.js';

/** The member behind `from`, if he may change what the group is (reference 15, row 47). */
export function changer(group: Group, from: Jid, now: number): Result<Member, StanzaError> {
  const member = authorised(group, from, 'change-group', now);
  if (member.ok) return member;
  const text = `You are not allowed to change group properties. ${member.error.text}`;
  return err({ ...member.error, text });
}

/** What is said of a change of these fields. */
function wordsFor(
  changed: readonly SettingName[],
  { slowMode, slowModeForNewcomers }: Pace,
  who: string,
): string {
  const [only, ...more] = changed;
  if (more.length === 0 && only === 'name') return WORDING.nameChanged(who);
  if (more.length === 0 && only === 'description') return WORDING.descriptionChanged(who);
  return changed.every(isPace)
    ? WORDING.paceChanged(who, slowMode, slowModeForNewcomers)
    : WORDING.propertiesChanged(who);
}

/** The properties and the pace are changed by a form (reference 11.1); one that changes nothing has no effect. */
export function decideProperties(
  group: Group,
  command: { readonly from: Jid; readonly form: Form },
  env: Environment,
): Decision {
  const actor = changer(group, command.from, env.now);
  if (!actor.ok) return refuseWith(actor.error);
  const change = readProperties(command.form, group);
  if (!change.ok) return refuseWith(refusal('bad-request', change.error));
  const { properties, pace, changed } = change.value;
  const form = propertiesForm(change.value, 'result');
  const result: Notice = { kind: 'result', payload: [propertiesQuery.build({ form })] };
  if (changed.length === 0) return { events: [], notices: [result] };
  const words = wordsFor(changed, pace, nameOf(properties.privacy, actor.value));
  const message = settingsMessage({ ...group, properties, pace }, actor.value, words, env);
  return {
    events: [
      ...(changed.every(isPace) ? [] : [{ kind: 'propertiesChanged', properties } as const]),
      ...(changed.some(isPace) ? [{ kind: 'paceChanged', pace } as const] : []),
      { kind: 'messagePosted', message },
    ],
    notices: [result, { kind: 'presence', to: 'members' }, { kind: 'system', message }],
  };
}
