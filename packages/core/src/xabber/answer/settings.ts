import { bareOf, type Jid } from '../../jid/index.js';
import { refusal } from '../../stanza/error.js';
import { memberBehind } from '../decide/authority.js';
import { changer } from '../decide/properties.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import { groupInfo } from '../elements/group-info.js';
import { propertiesQuery, statusQuery } from '../elements/settings.js';
import { updates } from '../elements/updates.js';
import type { Environment } from '../environment.js';
import { type Group, memberByJid } from '../model/group.js';
import { permits } from '../model/rights.js';
import { propertiesForm } from './properties-form.js';
import { statusForm } from './status-form.js';

/** The properties as a form, for those who may change them (reference 11.1). */
export function answerProperties(group: Group, from: Jid, env: Environment): Decision {
  const asker = changer(group, from, env.now);
  if (!asker.ok) return refuseWith(asker.error);
  return answer(propertiesQuery.build({ form: propertiesForm(group, 'form') }));
}

/** The status as a form, for all members (reference 5.5). */
export function answerStatus(group: Group, from: Jid, env: Environment): Decision {
  const asker = memberBehind(group, from);
  if (!asker.ok) return refuseWith(asker.error);
  const mayChange = permits(asker.value.rights, 'change-group', env.now);
  return answer(statusQuery.build({ form: statusForm(group.status, mayChange) }));
}

/** What the group is, without a form (reference 11.2); of a member-only group only for those in it. */
export function answerInfo(group: Group, from: Jid): Decision {
  const { name, description, privacy, membership, index } = group.properties;
  const asker = memberByJid(group, bareOf(from));
  if (membership === 'member-only' && (asker === undefined || asker.subscription === 'none')) {
    return refuseWith(refusal('not-allowed', 'Only members may ask about this group'));
  }
  return answer(groupInfo.build({ members: group.size, name, description, privacy, membership, index }));
}

/** Whether the asker is told live of joins, leaves and counters (docs/updates.md). */
export function answerUpdates(group: Group, from: Jid): Decision {
  const asker = memberBehind(group, from);
  if (!asker.ok) return refuseWith(asker.error);
  return answer(updates.build({ receive: asker.value.preferences.receivesUpdates }));
}
