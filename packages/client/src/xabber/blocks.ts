import type { BareJid } from '@xmpp-groups/core/jid';
import { block, blockList, kick, unblock } from '@xmpp-groups/core/xabber';
import type { Wire } from '../wire.js';

/** Members by their ids, people by their JIDs, and domains. */
export interface Named {
  readonly ids?: readonly string[];
  readonly jids?: readonly BareJid[];
  readonly domains?: readonly string[];
}

/** Who is blocked: people, with their ids if they were members, and domains. */
export interface Blocked {
  readonly users: readonly { readonly jid: string; readonly id: string }[];
  readonly domains: readonly string[];
}

const whole = ({ ids = [], jids = [], domains = [] }: Named) => ({ ids, jids, domains });

/** Removes members, who may join again (reference 10.1). */
export async function kickMembers(wire: Wire, group: BareJid, whom: Omit<Named, 'domains'>): Promise<void> {
  await wire.change({ what: 'remove members', to: group }, kick.build(whole(whom)));
}

/** Removes people and keeps them away (reference 10.2). */
export async function blockPeople(wire: Wire, group: BareJid, whom: Named): Promise<void> {
  await wire.change({ what: 'block people', to: group }, block.build(whole(whom)));
}

/** Lets people in again (reference 10.3). */
export async function unblockPeople(wire: Wire, group: BareJid, whom: Named): Promise<void> {
  await wire.change({ what: 'unblock people', to: group }, unblock.build(whole(whom)));
}

/** The list of who is blocked (reference 10.3). */
export const listBlocked = (wire: Wire, group: BareJid): Promise<Blocked> =>
  wire.ask({ what: 'ask who is blocked', to: group }, blockList.build({ users: [], domains: [] }), blockList);
