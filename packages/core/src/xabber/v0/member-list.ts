import { bareOf, type Jid } from '../../jid/index.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { refusalToChangeRightsOf } from '../decide/authority.js';
import { members } from '../elements/members.js';
import type { UserCard } from '../elements/user.js';
import type { Environment } from '../environment.js';
import { type Group, type Member, memberByJid } from '../model/group.js';
import { NO_RIGHTS } from '../model/rights.js';
import type { ListWords } from '../present/member-list.js';
import { membersV0, memberV0, rightsV0 } from './elements.js';
import { heldRights } from './rights.js';

/** A list of members, from the shape of today; each with his rights (reference 8.2, 16). */
export function memberListInV0(list: XmlElement, from: Jid, group: Group, env: Environment): XmlElement {
  const { version, rsm, items } = itemsOf(list, from, group, env);
  return membersV0.build({ version, items, rsm });
}

/** How a list that is too long for elements is written, for `from`. */
export function listWordsV0(from: Jid, group: Group, env: Environment): ListWords {
  const asker = memberByJid(group, bareOf(from));
  return {
    empty: (version) => membersV0.print({ version, items: [] }, NS.client),
    entry: (card, member) => memberV0.print(itemOf(card, member, asker, env), membersV0.namespace),
  };
}

/** One member by himself: that came as an answer about rights. */
export const memberInV0 = (list: XmlElement, from: Jid, group: Group, env: Environment): XmlElement =>
  rightsV0.build({ items: itemsOf(list, from, group, env).items, permissions: [], restrictions: [] });

function itemsOf(list: XmlElement, from: Jid, group: Group, env: Environment) {
  const read = members.parse(list);
  if (!read.ok) throw new Error(`${read.error.path}: ${read.error.reason}`);
  const asker = memberByJid(group, bareOf(from));
  const items = read.value.users.map((card) => itemOf(card, group.members.get(card.id), asker, env));
  return { ...read.value, items };
}

/** Of one's own rights it is told, of those of others it is told to who may change them (reference 9.3). */
function itemOf(card: UserCard, member: Member | undefined, asker: Member | undefined, { now }: Environment) {
  const told =
    member !== undefined &&
    asker !== undefined &&
    (asker.id === member.id || refusalToChangeRightsOf(asker, member, now) === undefined);
  return {
    ...card,
    present: card.present ?? 'now',
    ...heldRights(told ? member.rights : NO_RIGHTS, now),
  };
}
