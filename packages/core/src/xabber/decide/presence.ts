import { bareOf, type Jid } from '../../jid/index.js';
import type { Appeared } from '../command.js';
import { type Decision, NOTHING, type Notice, say } from '../decision.js';
import { activeMember, type Group, type Member, memberByJid } from '../model/group.js';
import { chosen } from './preferences.js';
import { collectsFrom } from './profile.js';

/**
 * A member's device came online: it learns that this contact is a group (reference 3.1, trap T3), and how it looks.
 * Its presence may say what he decides about himself (5.4).
 */
export function decideAppeared(group: Group, { from, choices, photo }: Appeared): Decision {
  const member = activeMember(group, bareOf(from));
  if (member === undefined) return NOTHING;
  const after: Member = { ...member, preferences: { ...member.preferences, ...choices } };
  return {
    events: chosen(member.id, member.preferences, choices),
    notices: [
      { kind: 'presence', to: [from] },
      ...(group.avatar === undefined ? [] : [{ kind: 'avatar', of: undefined, to: [from] } as const]),
      ...questionsAbout(group, member, after, photo),
    ],
  };
}

/**
 * His server is asked when he lets the group do so again, and when the photo of his vCard is another one than the
 * avatar that the group shows.
 */
function questionsAbout(group: Group, before: Member, member: Member, photo: string | undefined): Notice[] {
  if (!collectsFrom(group, member)) return [];
  const again: Notice[] = before.preferences.collects
    ? []
    : [{ kind: 'question', about: member.jid, topic: 'vcard' }];
  const isNews =
    photo !== undefined && photo !== (member.avatar?.id.toLowerCase() ?? '') && !member.chosen.avatar;
  return isNews ? [...again, { kind: 'question', about: member.jid, topic: 'picture', photo }] : again;
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
