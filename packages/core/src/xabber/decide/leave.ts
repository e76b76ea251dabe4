import { bareOf, type Jid } from '../../jid/index.js';
import { type Decision, NOTHING, type Notice } from '../decision.js';
import type { Environment } from '../environment.js';
import type { GroupEvent, PlacedMessage } from '../model/events.js';
import { type Group, memberByJid, nextVersion } from '../model/group.js';
import { changedRights, type RightChanges, roleOf } from '../model/rights.js';
import { cardOf, nameOf } from '../present/card.js';
import { actionMessage, leftMessage } from '../present/system-message.js';
import { WORDING } from '../present/wording.js';
import { chatEndings, dissolution } from './delete.js';
import { disclosuresWithout } from './disclosure.js';
import { partingsFor } from './invite.js';
import { endsChat } from './private-chat-end.js';
import { freedom, rightEvents } from './rights-change.js';
import { type Succession, successionAfter } from './succession.js';

/**
 * Somebody leaves, or refuses the group's own request before he was a member (reference 3.3). When the last owner
 * leaves, another member takes the lead; when nobody is left, the group ends (trap T27).
 */
export function decideLeft(group: Group, from: Jid, env: Environment): Decision {
  const member = memberByJid(group, bareOf(from));
  if (member === undefined || member.subscription === 'none') return NOTHING;
  if (endsChat(group, member)) return dissolution(group);
  const version = nextVersion(group, env.now);
  const left: GroupEvent = { kind: 'memberLeft', member: member.id, version };
  if (member.subscription === 'wait') return { events: [left], notices: [] };
  const partings = partingsFor(member.jid);
  const succession = successionAfter(group, member.id, env.now);
  if (succession.kind === 'end') return ending(group, partings);
  const message = leftMessage(group, member, version, env);
  const changed = succession.kind === 'heir' ? succeed(group, succession, message, version, env) : NOTHING;
  return {
    events: [
      left,
      ...disclosuresWithout(group, member),
      { kind: 'messagePosted', message },
      ...changed.events,
    ],
    notices: [
      ...partings,
      { kind: 'system', message, to: 'updated' },
      ...changed.notices,
      { kind: 'presence', to: 'updated' },
    ],
  };
}

/**
 * Nobody could ever lead the group again: it ends, also for those who are invited or about to join, and its private
 * chats with it.
 */
const ending = (group: Group, partings: readonly Notice[]): Decision => ({
  events: [{ kind: 'groupDeleted' }],
  notices: [
    ...partings,
    ...chatEndings(group),
    ...[...group.members.values()]
      .filter(({ subscription }) => subscription === 'wait')
      .flatMap(({ jid }): Notice[] => [
        { kind: 'parting', to: jid, type: 'unsubscribe' },
        { kind: 'parting', to: jid, type: 'unsubscribed' },
      ]),
  ],
});

/** The heir takes the lead; `before` is the message that comes before the one that tells of it. */
function succeed(
  group: Group,
  { heir, permission }: Extract<Succession, { kind: 'heir' }>,
  before: PlacedMessage,
  version: number,
  env: Environment,
): Decision {
  const changes: RightChanges = new Map([[permission, 0], ...freedom(heir)]);
  const leader = { ...heir, rights: changedRights(heir.rights, changes) };
  const message = actionMessage(
    { ...group, lastStanzaId: before.stanzaId },
    leader,
    { type: 'update', version, users: [cardOf(group, leader, env)] },
    WORDING.succeeded(nameOf(group.properties.privacy, heir), roleOf(leader.rights, env.now)),
    env,
  );
  return {
    events: [...rightEvents(heir, changes, version), { kind: 'messagePosted', message }],
    notices: [{ kind: 'system', message }],
  };
}
