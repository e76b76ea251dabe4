import type { Jid } from '../../jid/index.js';
import { memberBehind, seesInvitation } from '../decide/authority.js';
import { isInvited } from '../decide/invite.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import { invitations } from '../elements/invite.js';
import type { Environment } from '../environment.js';
import type { Group } from '../model/group.js';

/**
 * The open invitations (reference 4.4): one's own, or with `set-restrictions` those of all. The ids under which
 * the invited will be members are left out: in an incognito group they would tell who is who.
 */
export function answerInvitations(group: Group, from: Jid, env: Environment): Decision {
  const member = memberBehind(group, from);
  if (!member.ok) return refuseWith(member.error);
  const seen = [...group.members.values()].filter(
    (invited) =>
      isInvited(invited) && seesInvitation(group, member.value, invited, 'set-restrictions', env.now),
  );
  return answer(invitations.build({ users: seen.map(({ jid }) => ({ jid, id: '' })) }));
}
