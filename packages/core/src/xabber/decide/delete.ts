import type { BareJid, Jid } from '../../jid/index.js';
import { type Decision, type Notice, refuseWith } from '../decision.js';
import type { Environment } from '../environment.js';
import type { Group } from '../model/group.js';
import { authorised } from './authority.js';

/** An owner deletes the group (reference 11.5): nothing of it stays, and its private chats go with it. */
export function decideDelete(group: Group, from: Jid, env: Environment): Decision {
  const actor = authorised(group, from, 'owner', env.now);
  if (!actor.ok) return refuseWith(actor.error);
  const { events, notices } = dissolution(group);
  return { events, notices: [{ kind: 'result', payload: [] }, ...notices] };
}

/**
 * The end of a group, whoever wanted it: all who are in it or invited lose it from their rosters, and its private
 * chats end with it.
 */
export function dissolution(group: Group): Decision {
  const to: BareJid[] = [];
  for (const { subscription, jid } of group.members.values()) if (subscription !== 'none') to.push(jid);
  return {
    events: [{ kind: 'groupDeleted' }],
    notices: [
      ...chatEndings(group),
      { kind: 'parting', to, type: 'unsubscribe' },
      { kind: 'parting', to, type: 'unsubscribed' },
      { kind: 'parting', to, type: 'unavailable' },
    ],
  };
}

/** Lets all private chats of a group end; where there is none any more nothing happens. */
export const chatEndings = ({ privateChats }: Group): Notice[] =>
  [...privateChats.values()].map((to) => ({
    kind: 'pass',
    to,
    command: { kind: 'dissolve' },
    answers: false,
  }));
