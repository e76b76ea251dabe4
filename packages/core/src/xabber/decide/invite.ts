import { type BareJid, bareOf, domainOf, type Jid, localpartOf } from '../../jid/index.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { GroupCommand, Invite } from '../command.js';
import { answer, type Decision, type Notice, refuseWith } from '../decision.js';
import type { Environment } from '../environment.js';
import { type Group, isBlocked, type Member, memberByJid, nextVersion } from '../model/group.js';
import { memberBehind, seesInvitation, unrestricted } from './authority.js';
import { dissolution } from './delete.js';
import { freeNickname } from './nicknames.js';
import { endsChat } from './private-chat-end.js';

type Revoke = Extract<GroupCommand, { kind: 'revoke' }>;

/**
 * A member invites somebody, who may join from now on, whatever the membership of the group (reference 4.1).
 * The group itself tells him if it is asked to; his profile is asked for as if he were joining.
 */
export function decideInvite(group: Group, command: Invite, env: Environment): Decision {
  const inviter = memberBehind(group, command.from);
  if (!inviter.ok) return refuseWith(inviter.error);
  const allowed = unrestricted(
    inviter.value,
    'send-invitations',
    'You have no permission to invite',
    env.now,
  );
  if (!allowed.ok) return refuseWith(allowed.error);
  const { jid } = command;
  const refused = refusalFor(group, jid, env);
  if (refused !== undefined) return refuseWith(refused);
  const known = memberByJid(group, jid);
  const incognito = group.properties.privacy === 'incognito';
  const questions: Notice[] = incognito
    ? []
    : [
        { kind: 'question', about: jid, topic: 'vcard' },
        { kind: 'question', about: jid, topic: 'avatar' },
      ];
  return {
    events: [
      {
        kind: 'invited',
        member: known?.id ?? env.newMemberId(),
        jid,
        nickname: incognito ? (known?.nickname ?? freeNickname(group, env)) : known?.nickname,
        by: inviter.value.id,
        version: nextVersion(group, env.now),
      },
    ],
    notices: [
      { kind: 'result', payload: [] },
      ...(command.send
        ? [{ kind: 'invitation', to: jid, by: inviter.value, reason: command.reason } as const]
        : []),
      ...questions,
    ],
  };
}

/** Why nobody can be invited under this JID. In an incognito group no error names a JID. */
function refusalFor(group: Group, jid: BareJid, env: Environment): StanzaError | undefined {
  const { domains, privacy } = group.properties;
  const who = privacy === 'incognito' ? 'This user' : `User ${jid}`;
  if (group.status === 'inactive') return refusal('not-allowed', 'Chat is inactive.');
  if (localpartOf(jid) === undefined) return refusal('bad-request', `${jid} is a domain, not a person`);
  const isGroup = env.host.hasUsers ? jid === group.jid : domainOf(jid) === env.host.domain;
  if (isGroup) return refusal('not-allowed', 'A group cannot join another one');
  if (isBlocked(group, jid)) return refusal('not-allowed', `${who} is in ban list`);
  if (domains.length > 0 && !domains.includes(domainOf(jid))) {
    return refusal('not-allowed', `This group is not open to users of ${domainOf(jid)}`);
  }
  const known = memberByJid(group, jid);
  return known?.subscription === 'both' || isInvited(known)
    ? refusal('conflict', `${who} was already invited`)
    : undefined;
}

/** Whether there is an open invitation; who only asked to join has none. */
export const isInvited = (member: Member | undefined): member is Member =>
  member?.subscription === 'wait' && member.invitedBy !== undefined;

/** Somebody does not want to join (reference 4.3). Whether he did is nobody's business but his own. */
export function decideDecline(group: Group, from: Jid, env: Environment): Decision {
  const jid = bareOf(from);
  const invited = memberByJid(group, jid);
  if (invited === undefined || invited.subscription === 'none') {
    return refuseWith(refusal('item-not-found', `Member ${jid} is not in chat`));
  }
  if (!isInvited(invited)) {
    return refuseWith(refusal('item-not-found', `No invitation for ${jid} is found in chat`));
  }
  if (endsChat(group, invited)) {
    const { events, notices } = dissolution(group);
    return { events, notices: [...answer().notices, ...notices] };
  }
  const version = nextVersion(group, env.now);
  return {
    events: [{ kind: 'invitationEnded', member: invited.id, version }],
    notices: answer().notices,
  };
}

/**
 * Invitations are taken back, all that are named or none (reference 4.4): one's own, or with `change-group`
 * anybody's. The invited are told in a way that makes clients drop the invitation.
 */
export function decideRevoke(group: Group, command: Revoke, env: Environment): Decision {
  const member = memberBehind(group, command.from);
  if (!member.ok) return refuseWith(member.error);
  const version = nextVersion(group, env.now);
  const ended: Member[] = [];
  for (const jid of command.jids) {
    const invited = memberByJid(group, jid);
    if (!isInvited(invited) || !seesInvitation(group, member.value, invited, 'change-group', env.now)) {
      return refuseWith(refusal('item-not-found', `There is no invitation of yours for ${jid}`));
    }
    ended.push(invited);
  }
  return {
    events: ended.map(({ id }) => ({ kind: 'invitationEnded', member: id, version }) as const),
    notices: [...answer().notices, ...ended.flatMap(({ jid }) => partingsFor(jid))],
  };
}

/** The end of what the group and a person had with each other (reference 10.1, trap T16). */
export const partingsFor = (jid: BareJid): Notice[] => [
  { kind: 'parting', to: jid, type: 'unsubscribe' },
  { kind: 'parting', to: jid, type: 'unavailable' },
];
