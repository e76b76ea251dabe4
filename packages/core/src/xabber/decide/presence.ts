import { bareOf, type Jid } from '../../jid/index.js';
import type { Appeared } from '../command.js';
import { type Decision, NOTHING, say } from '../decision.js';
import { activeMember, type Group, memberByJid } from '../model/group.js';
import { chosen } from './preferences.js';

/**
 * A member's device came online: it learns that this contact is a group (reference 3.1, trap T3). Its presence
 * may say what he decides about himself (5.4).
 */
export function decideAppeared(group: Group, { from, choices }: Appeared): Decision {
  const member = activeMember(group, bareOf(from));
  if (member === undefined) return NOTHING;
  return {
    events: chosen(member.id, member.preferences, choices),
    notices: [{ kind: 'presence', to: [from] }],
  };
}

/**
 * A user's server asks for the group's presence, on behalf of a roster entry. Who is no member here is told so
 * (RFC 6121, section 4.3.2), or he would look joined for ever; who has not answered the group's request yet is
 * asked again.
 */
export function decideProbed(group: Group, from: Jid): Decision {
  switch (memberByJid(group, bareOf(from))?.subscription) {
    case 'both':
      return say({ kind: 'presence', to: [from] });
    case 'wait':
      return say({ kind: 'presence', to: [bareOf(from)], type: 'subscribe' });
    default:
      return say({ kind: 'parting', to: bareOf(from), type: 'unsubscribed' });
  }
}
