import { bareOf, type Jid } from '../../jid/index.js';
import { type Decision, NOTHING } from '../decision.js';
import type { Environment } from '../environment.js';
import { type Group, memberByJid, nextVersion } from '../model/group.js';
import { leftMessage } from '../present/system-message.js';

/** Somebody leaves, or refuses the group's own request before he was a member (reference 3.3). */
export function decideLeft(group: Group, from: Jid, env: Environment): Decision {
  const member = memberByJid(group, bareOf(from));
  if (member === undefined || member.subscription === 'none') return NOTHING;
  const version = nextVersion(group, env.now);
  const left = { kind: 'memberLeft', member: member.id, version } as const;
  if (member.subscription === 'wait') return { events: [left], notices: [] };
  const message = leftMessage(group, member, version, env);
  return {
    events: [left, { kind: 'messagePosted', message }],
    notices: [
      { kind: 'parting', to: member.jid, type: 'unsubscribe' },
      { kind: 'parting', to: member.jid, type: 'unavailable' },
      { kind: 'system', message, to: 'updated' },
      { kind: 'presence', to: 'updated' },
    ],
  };
}
