import { bareOf, type Jid } from '../../jid/index.js';
import type { Appeared } from '../command.js';
import { type Decision, NOTHING, type Notice, say } from '../decision.js';
import { activeMember, type Group, memberByJid } from '../model/group.js';
import { collectsFrom } from './profile.js';

/**
 * A member's device came online: it learns that this contact is a group (reference 3.1, trap T3), and how it looks.
 * When the photo of his vCard is another one than the avatar that the group shows, his server is asked.
 */
export function decideAppeared(group: Group, { from, photo }: Appeared): Decision {
  const member = activeMember(group, bareOf(from));
  if (member === undefined) return NOTHING;
  const notices: Notice[] = [{ kind: 'presence', to: [from] }];
  if (group.avatar !== undefined) notices.push({ kind: 'avatar', of: undefined, to: [from] });
  const isNews = photo !== undefined && photo !== (member.avatar?.id ?? '');
  if (isNews && !member.chosen.avatar && collectsFrom(group, member)) {
    notices.push({ kind: 'question', about: member.jid, topic: 'picture', photo });
  }
  return say(...notices);
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
