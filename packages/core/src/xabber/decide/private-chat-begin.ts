import type { BareJid } from '../../jid/index.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { BeginPrivateChat, ChatPartner } from '../command.js';
import { answer, type Decision, type Notice, refuseWith } from '../decision.js';
import { existingChat, existingGroup } from '../elements/private-chat.js';
import type { Environment } from '../environment.js';
import type { GroupEvent } from '../model/events.js';
import {
  type Group,
  type Member,
  type MemberId,
  memberByJid,
  nextVersion,
  type Properties,
} from '../model/group.js';
import type { Rights } from '../model/rights.js';
import { createdMessage } from '../present/system-message.js';
import { WORDING } from '../present/wording.js';
import { resultOf } from './create.js';
import { isInvited } from './invite.js';
import { handShake } from './join.js';

/**
 * The group of two lets them talk alone (reference 13.3, 13.4). Whether they may was decided there.
 * @param existing the chat of the two, if it is there already; or another group, if somebody has taken the address
 */
export function decideBeginPrivateChat(
  existing: Group | undefined,
  jid: BareJid,
  command: BeginPrivateChat,
  env: Environment,
): Decision {
  if (existing === undefined) return beginning(jid, command, env);
  const asker = memberByJid(existing, command.asker.jid);
  const guest = memberByJid(existing, command.guest.jid);
  if (existing.parent !== command.parent.jid || asker === undefined || guest === undefined) {
    return refuseWith(refusal('conflict', `${jid} is another group`));
  }
  return repetition(existing, asker, guest, command, env);
}

/** Neither of the two may let others in. */
const RIGHTS: Rights = new Map([['send-invitations', 0]]);

/** A new chat, in which both are under the names by which they know each other. Nobody leads it. */
function beginning(jid: BareJid, command: BeginPrivateChat, env: Environment): Decision {
  const { parent } = command;
  const version = Math.floor(env.now / 1000);
  const asker = { id: env.newMemberId(), ...command.asker };
  const guest = { id: env.newMemberId(), ...command.guest };
  const properties: Properties = {
    name: WORDING.privateChatName(asker.nickname, guest.nickname),
    description: WORDING.privateChat,
    privacy: 'incognito',
    membership: 'member-only',
    index: 'none',
    contacts: [],
    domains: [],
  };
  const text = WORDING.privateChatCreated(asker.nickname);
  const creator = { ...asker, avatar: asker.avatar?.info, rights: RIGHTS };
  const message = createdMessage(jid, properties, creator, text, env);
  const { id, nickname } = guest;
  return {
    events: [
      { kind: 'groupCreated', properties, parent: parent.jid },
      { kind: 'joinRequested', member: asker.id, jid: asker.jid, nickname: asker.nickname, version },
      { kind: 'invited', member: id, jid: guest.jid, nickname, by: asker.id, version },
      ...[asker, guest].flatMap((partner) => takenOver(partner, version)),
      { kind: 'messagePosted', message },
    ],
    notices: [...welcome(jid, properties, asker.jid), invitationOf(asker, guest, parent.name)],
  };
}

/** What goes with a member into the chat, besides his nickname. */
function takenOver(
  { id: member, badge, avatar }: ChatPartner & { readonly id: MemberId },
  version: number,
): GroupEvent[] {
  return [
    ...(avatar === undefined ? [] : [{ kind: 'avatarStored', ...avatar.image } as const]),
    { kind: 'profileTaken', member, badge, avatar: avatar?.info, version },
    ...[...RIGHTS].map(
      ([right, until]): GroupEvent => ({ kind: 'rightGranted', member, right, until, version }),
    ),
  ];
}

/**
 * The two have a chat: who is in it is told where, who is not may come back, and who did not come is invited again
 * (reference 13.4; 15, row 7).
 */
function repetition(
  chat: Group,
  asker: Member,
  guest: Member,
  { parent }: BeginPrivateChat,
  env: Environment,
): Decision {
  const version = nextVersion(chat, env.now);
  const invites = guest.subscription !== 'both';
  const events: GroupEvent[] = [];
  if (asker.subscription === 'none') {
    const { id: member, jid, nickname } = asker;
    events.push({ kind: 'joinRequested', member, jid, nickname, version });
  }
  if (invites && !isInvited(guest)) {
    const { id: member, jid, nickname } = guest;
    events.push({ kind: 'invited', member, jid, nickname, by: asker.id, version });
  }
  const invitations = invites ? [invitationOf(asker, guest, parent.name)] : [];
  if (asker.subscription === 'both') {
    return { events, notices: invitations, refused: alreadyAt(chat.jid) };
  }
  return { events, notices: [...welcome(chat.jid, chat.properties, asker.jid), ...invitations] };
}

/** The result, and the presence by which clients learn that this contact is a group (trap T4). */
const welcome = (chat: BareJid, properties: Properties, asker: BareJid): Notice[] => [
  ...answer(resultOf(chat, properties)).notices,
  ...handShake(asker),
];

const invitationOf = (
  by: Pick<Member, 'id' | 'jid' | 'nickname'>,
  guest: Pick<Member, 'id' | 'jid' | 'nickname'>,
  group: string,
): Notice => ({
  kind: 'invitation',
  to: guest.jid,
  by,
  reason: WORDING.invitedPrivately(by.nickname ?? by.id, group, guest.nickname ?? guest.id),
});

/** xabber-web opens the chat that is named beside the error, and without it shows a failure. */
const alreadyAt = (jid: BareJid): StanzaError =>
  refusal('conflict', 'You have a private chat with this member already', [
    existingChat.build({ jid }),
    existingGroup.build({ jid }),
  ]);
