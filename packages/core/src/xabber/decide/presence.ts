import { bareOf, type Jid } from '../../jid/index.js';
import { type Decision, NOTHING, say } from '../decision.js';
import { type Group, memberByJid } from '../model/group.js';

/** A member's device came online: it learns that this contact is a group (reference 3.1, trap T3). */
export function decideAppeared(group: Group, from: Jid): Decision {
  const member = memberByJid(group, bareOf(from));
  return member?.subscription === 'both' ? say({ kind: 'presence', to: [from] }) : NOTHING;
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
