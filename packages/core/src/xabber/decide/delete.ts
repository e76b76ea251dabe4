import type { BareJid, Jid } from '../../jid/index.js';
import { type Decision, type Notice, refuseWith } from '../decision.js';
import type { Environment, Found } from '../environment.js';
import type { Group } from '../model/group.js';
import { authorised } from './authority.js';

/** An owner deletes the group (reference 11.5): nothing of it stays, and its private chats go with it. */
export function decideDelete(group: Group, from: Jid, found: Found, env: Environment): Decision {
  const actor = authorised(group, from, 'owner', env.now);
  if (!actor.ok) return refuseWith(actor.error);
  const { events, notices } = dissolution(group, found.privateChats ?? []);
  return { events, notices: [{ kind: 'result', payload: [] }, ...notices] };
}

/**
 * The end of a group, whoever wanted it: all who are in it or invited lose it from their rosters.
 * @param privateChats those of this group, which end with it
 */
export function dissolution(group: Group, privateChats: readonly BareJid[]): Decision {
  const to: BareJid[] = [];
  for (const { subscription, jid } of group.members.values()) if (subscription !== 'none') to.push(jid);
  return {
    events: [{ kind: 'groupDeleted' }],
    notices: [
      ...privateChats.map((chat): Notice => ({ kind: 'deleteGroup', group: chat })),
      { kind: 'parting', to, type: 'unsubscribe' },
      { kind: 'parting', to, type: 'unsubscribed' },
      { kind: 'parting', to, type: 'unavailable' },
    ],
  };
}
