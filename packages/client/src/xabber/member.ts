import type { BareJid } from '@xmpp-groups/core/jid';
import { members, type UserCard } from '@xmpp-groups/core/xabber';
import { GroupsError } from '../errors.js';
import type { Wire } from '../wire.js';

/** The card of one member, by his id; `''` is oneself (reference 8.2). */
export async function memberById(wire: Wire, group: BareJid, id: string): Promise<UserCard> {
  const attempt = { what: 'ask for the card of a member', to: group };
  const { users } = await wire.ask(attempt, members.build({ id, users: [] }), members);
  const [user] = users;
  if (user === undefined) throw new GroupsError(attempt, 'item-not-found', 'there is no such member');
  return user;
}

/** Changes a nickname or a badge; of oneself with the id `''` (reference 8.3). */
export async function renameMember(
  wire: Wire,
  group: BareJid,
  id: string,
  names: { readonly nickname?: string; readonly badge?: string },
): Promise<void> {
  await wire.change(
    { what: 'change a nickname or badge', to: group },
    members.build({ users: [{ id, ...names }] }),
  );
}
