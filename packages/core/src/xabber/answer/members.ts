import { dateTime } from '../../codec/index.js';
import { bareOf, type Jid } from '../../jid/index.js';
import { refusal } from '../../stanza/error.js';
import { pageOf, pageRequest, type Rsm } from '../../xep/0059-result-set-management.js';
import { seesJids } from '../decide/authority.js';
import { answer, type Decision, type Notice, refuseWith, say } from '../decision.js';
import { members } from '../elements/members.js';
import type { UserCard } from '../elements/user.js';
import type { Environment } from '../environment.js';
import { isErased } from '../model/erased.js';
import { type Group, type Member, memberByJid } from '../model/group.js';
import { cardOf } from '../present/card.js';
import { memberList } from '../present/member-list.js';

/** A list of more members is not made into elements: for 50,000 members they would take 200 MB. */
const LONG = 1_000;

const OUTSIDER = refuseWith(refusal('not-allowed', 'You are not a member of this group'));

/** The asker, if he may see who is in the group: members and those who are about to become one (reference 8.2). */
function insider(group: Group, from: Jid): Member | undefined {
  const member = memberByJid(group, bareOf(from));
  return member === undefined || member.subscription === 'none' ? undefined : member;
}

/**
 * The list of members (reference 8.2). From the beginning (`since` 0): everybody with the subscription `both`,
 * exactly as many as the presence says (trap T5). Otherwise: who has changed after that version, those who are
 * gone included.
 */
export function answerMembers(
  group: Group,
  question: { readonly from: Jid; readonly since: number | undefined; readonly rsm: Rsm | undefined },
  env: Environment,
): Decision {
  const asker = insider(group, question.from);
  if (asker === undefined) return OUTSIDER;
  const since = question.since ?? 0;
  const listed = [...group.members.values()].filter(({ subscription, version }) =>
    since === 0 ? subscription === 'both' : version > since,
  );
  const cardFor = (member: Member): UserCard =>
    member.subscription === 'wait'
      ? goneCard(listedCard(group, member, asker, env))
      : listedCard(group, member, asker, env);
  if (question.rsm === undefined) {
    const list = listNotice(group, listed, cardFor);
    if (asker.subscription !== 'both' || asker.preferences.receivesUpdates) return say(list);
    // He was not told how many there are now, and his client would ask again until it knows (trap T5).
    return say({ kind: 'presence', to: [question.from] }, list);
  }
  const sorted = listed.sort(byName);
  const page = pageOf(sorted, pageRequest(question.rsm), ({ id }) => id);
  if (page === undefined)
    return refuseWith(refusal('item-not-found', 'The page begins behind no known member'));
  const first = page[0];
  return answer(
    members.build({
      version: group.version,
      users: page.map(cardFor),
      rsm: {
        first: first === undefined ? undefined : { id: first.id, index: sorted.indexOf(first) },
        last: page.at(-1)?.id,
        count: sorted.length,
      },
    }),
  );
}

function listNotice(group: Group, listed: readonly Member[], cardFor: (member: Member) => UserCard): Notice {
  if (listed.length > LONG) return { kind: 'list', list: memberList(group.version, listed, cardFor) };
  const list = members.build({ version: group.version, users: listed.map(cardFor) });
  return { kind: 'result', payload: [list] };
}

/**
 * Who has left and asks to join again is still gone for those who have not heard of his leaving: without this
 * they would count him until he is back.
 */
const goneCard = (card: UserCard): UserCard => ({ ...card, subscription: 'none', removedId: card.id });

/** Pages are in the order of the nicknames; the id decides between two of the same name. */
function byName(one: Member, other: Member): number {
  const names: readonly [string, string] = [one.nickname ?? one.jid, other.nickname ?? other.jid];
  if (names[0] !== names[1]) return names[0] < names[1] ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

/** One member; `''` and `0` stand for oneself. Nothing at all when there is no such member (reference 15, row 25). */
export function answerMember(
  group: Group,
  question: { readonly from: Jid; readonly id: string },
  env: Environment,
): Decision {
  const asker = insider(group, question.from);
  if (asker === undefined) return OUTSIDER;
  const member = question.id === '' || question.id === '0' ? asker : group.members.get(question.id);
  if (member === undefined) return answer();
  return answer(members.build({ version: group.version, users: [listedCard(group, member, asker, env)] }));
}

/**
 * A card in a list tells more than one in a message: when the member was last seen, his subscription and, to
 * himself and to owners, his JID.
 */
function listedCard(group: Group, member: Member, asker: Member, env: Environment): UserCard {
  const isGone = isErased(member);
  return {
    ...cardOf(group, member, env),
    jid: !isGone && (asker.id === member.id || seesJids(group, asker, env.now)) ? member.jid : undefined,
    // Left out: he has the chat open (reference 8.1).
    present: isGone || group.sessions.has(member.id) ? undefined : dateTime.format(member.lastSeen),
    subscription: member.subscription,
    // xabber-web looks for the id of somebody who is gone in a child (trap T6).
    removedId: member.subscription === 'none' ? member.id : undefined,
  };
}
