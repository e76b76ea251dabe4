import type { Notice } from '../decision.js';
import type { UserCard } from '../elements/user.js';
import type { Environment } from '../environment.js';
import type { GroupEvent } from '../model/events.js';
import type { Group, Member } from '../model/group.js';
import { NO_RIGHTS } from '../model/rights.js';
import { cardOf, nameOf } from '../present/card.js';
import { disclosuresWithout } from './disclosure.js';
import { isInvited, partingsFor } from './invite.js';

/** What it means that somebody is sent away, whether he was a member, invited or just joining. */
export interface Removal {
  readonly events: readonly GroupEvent[];
  /** To those who are gone. */
  readonly notices: readonly Notice[];
  /** Of those who were members: cards as they are now, and names. */
  readonly cards: readonly UserCard[];
  readonly names: readonly string[];
}

/** @param version of the member list that is without them */
export function removalOf(
  group: Group,
  people: readonly Member[],
  version: number,
  env: Pick<Environment, 'now' | 'host'>,
): Removal {
  const members = people.filter(({ subscription }) => subscription === 'both');
  return {
    events: people.flatMap((person): GroupEvent[] => [
      { kind: isInvited(person) ? 'invitationEnded' : 'memberLeft', member: person.id, version },
      ...disclosuresWithout(group, person),
    ]),
    notices: people.flatMap(({ jid }) => partingsFor(jid)),
    cards: members.map((member) => cardOf(group, { ...member, rights: NO_RIGHTS }, env)),
    names: members.map((member) => nameOf(group.properties.privacy, member)),
  };
}
