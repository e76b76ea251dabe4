import { type BareJid, bareOf, jidOf } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { ChatPartner, OpenPrivateChat } from '../command.js';
import { type Decision, refuseWith } from '../decision.js';
import type { Environment, Found } from '../environment.js';
import { type Group, isBlocked, type Member, memberByJid, pairKey } from '../model/group.js';
import { nameOf } from '../present/card.js';
import { type Act, memberBehind, memberNamed } from './authority.js';

/**
 * Two members of an incognito group talk to each other alone, without telling who they are (reference 13). The
 * group looks whether they may, and gives them an address, the same one for ever; everything else is up to the chat
 * at this address, which also answers.
 */
export function decideOpenPrivateChat(
  group: Group,
  command: OpenPrivateChat,
  found: Found,
  env: Environment,
): Decision {
  const pair = pairFor(group, command);
  if (!pair.ok) return refuseWith(pair.error);
  const { actor, target } = pair.value;
  const key = pairKey(actor.id, target.id);
  const known = group.privateChats.get(key);
  const chat = known ?? newAddress(env);
  return {
    events: known === undefined ? [{ kind: 'privateChatOpened', pair: key, chat }] : [],
    notices: [
      {
        kind: 'pass',
        to: chat,
        command: {
          kind: 'beginPrivateChat',
          parent: { jid: group.jid, name: group.properties.name },
          asker: partnerOf(group, actor, found),
          guest: partnerOf(group, target, found),
        },
        answers: true,
      },
    ],
  };
}

/** The ids of the avatars that go with the two into their chat. */
export const avatarsOfPair = (group: Group, { from, id }: OpenPrivateChat): string[] =>
  [memberByJid(group, bareOf(from)), group.members.get(id)].flatMap((member) => member?.avatar?.id ?? []);

/** The two, if they may have a private chat (reference 13.2; 15, row 6). */
function pairFor(group: Group, { from, id }: OpenPrivateChat): Result<Act, StanzaError> {
  const member = memberBehind(group, from);
  if (!member.ok) return member;
  const actor = member.value;
  if (group.parent !== undefined) return err(refusal('not-allowed', 'This is a private chat already'));
  if (group.properties.privacy !== 'incognito') {
    return err(refusal('not-allowed', 'Private chats are for incognito groups: here all know each other'));
  }
  if (isBlocked(group, actor.jid)) return err(refusal('not-allowed', 'You are blocked in this chat'));
  const target = memberNamed(group, id);
  if (!target.ok) return target;
  if (target.value.id === actor.id) {
    return err(refusal('not-allowed', 'Nobody can have a private chat with himself'));
  }
  return target.value.preferences.acceptsPrivateChats
    ? ok({ actor, target: target.value })
    : err(refusal('not-allowed', 'This member does not want any private chats'));
}

function newAddress(env: Environment): BareJid {
  const jid = jidOf({ local: env.newLocalpart(), domain: env.host.domain });
  if (!jid.ok) throw new Error(`no address for a private chat: ${jid.error.reason}`);
  return bareOf(jid.value);
}

function partnerOf(group: Group, member: Member, { images = [] }: Found): ChatPartner {
  const { jid, badge, avatar: info } = member;
  const image = images.find((candidate) => candidate.id === info?.id);
  return {
    jid,
    nickname: nameOf(group.properties.privacy, member),
    badge,
    avatar: info === undefined || image === undefined ? undefined : { info, image },
  };
}
