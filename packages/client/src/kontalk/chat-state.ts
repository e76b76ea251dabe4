import { type GroupKey, isToTell, keyText, planSend, type ToldState } from '@xmpp-groups/core/kontalk';
import { piecesOn, routeTo } from '@xmpp-groups/core/multicast';
import type { ChatState } from '@xmpp-groups/core/xep';
import { type Context, isOnline } from './context.js';
import { meansOf, refusal, stanzaOf } from './say.js';
import type { ServiceSearch } from './service.js';

/** Tells groups what the user does. */
export interface ChatStates {
  /** @returns whether it is told: not while the connection is away, and not too often (reference 6) */
  tell(group: GroupKey, state: ChatState): Promise<boolean>;
}

const ATTEMPT = { what: 'tell a chat state' };

export function createChatStates(context: Context, service: ServiceSearch): ChatStates {
  const { account, wire } = context;
  const told = new Map<string, ToldState>();
  return {
    tell: async (group, state) => {
      await account.loaded;
      const name = keyText(group);
      const at = wire.platform.now();
      const action = { op: 'chat-state', group, state } as const;
      const planned = planSend(account.kept().world, action, meansOf(context, action, []));
      if (!planned.ok) throw refusal(ATTEMPT, planned.error);
      if (!isOnline(context) || !isToTell(told.get(name), state, at)) return false;
      told.set(name, { state, at });
      const { outgoing } = planned.value;
      const stanza = await stanzaOf(context, outgoing, ATTEMPT);
      const route = routeTo(outgoing.recipients, await service.find(), { hidden: context.choices.hidden });
      // One after the other without the pauses that a message takes: where there is no service, only to a few.
      if (route.kind === 'each' && route.recipients.length > FEW) return false;
      for (const piece of piecesOn(route, stanza)) await wire.send(ATTEMPT, piece.stanza);
      return true;
    },
  };
}

/** How many single stanzas somebody's typing is worth. */
const FEW = 10;
