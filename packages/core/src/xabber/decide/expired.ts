import { type Decision, NOTHING } from '../decision.js';
import type { Environment } from '../environment.js';
import type { GroupEvent } from '../model/events.js';
import { type Group, type Member, nextVersion } from '../model/group.js';
import { expired, inForce } from '../model/rights.js';
import { cardOf, nameOf } from '../present/card.js';
import { actionMessage } from '../present/system-message.js';
import { WORDING } from '../present/wording.js';

/** So many members at most are named, and shown with their cards: the list of members has them all. */
const MOST_NAMED = 20;

/**
 * Rights whose time is over end (reference 9.3). They had no effect any more before; now they are gone from the
 * list, its version has grown, and the members are told. Former members lose theirs in silence.
 */
export function decideExpired(group: Group, env: Environment): Decision {
  const events: GroupEvent[] = [];
  const shown: Member[] = [];
  const version = nextVersion(group, env.now);
  for (const member of group.members.values()) {
    const over = expired(member.rights, env.now);
    if (over.length === 0) continue;
    for (const right of over) events.push({ kind: 'rightRevoked', member: member.id, right, version });
    if (member.subscription !== 'both') continue;
    const rights = new Map([...member.rights].filter(([right]) => inForce(member.rights, right, env.now)));
    shown.push({ ...member, rights });
  }
  const [first] = shown;
  if (first === undefined) return events.length === 0 ? NOTHING : { events, notices: [] };
  const named = shown.slice(0, MOST_NAMED);
  const message = actionMessage(
    group,
    // Nobody did it: the message is about those whom it is from.
    first,
    { type: 'update', version, users: named.map((member) => cardOf(group, member, env)) },
    WORDING.expired(
      named.map((member) => nameOf(group.properties.privacy, member)),
      shown.length - named.length,
    ),
    env,
  );
  return {
    events: [...events, { kind: 'messagePosted', message }],
    notices: [{ kind: 'system', message }],
  };
}
