import type { BareJid } from '@xmpp-groups/core/jid';
import { members, type UserCard } from '@xmpp-groups/core/xabber';
import { GroupsError } from '../errors.js';
import type { Wire } from '../wire.js';
import { type Context, tellFault } from './context.js';
import type { FollowedGroup, MemberList } from './state.js';

/** The card of one member, by his id; `''` is oneself (reference 8.2). */
export async function memberById(wire: Wire, group: BareJid, id: string): Promise<UserCard> {
  const attempt = { what: 'ask for the card of a member', to: group };
  const { users } = await wire.ask(attempt, members.build({ id, users: [] }), members);
  const [user] = users;
  if (user === undefined) throw new GroupsError(attempt, 'item-not-found', 'there is no such member');
  return user;
}

/** The list after what has changed in it: who is gone is left out (reference 8.2, trap T6). */
function updated(before: MemberList | undefined, changes: readonly UserCard[], version: number): MemberList {
  const after = new Map(before?.members ?? []);
  for (const card of changes) {
    if (card.subscription === undefined || card.subscription === 'both') after.set(card.id, card);
    else after.delete(card.id === '' ? (card.removedId ?? '') : card.id);
  }
  return { version, members: after };
}

/** Asks for the list, or for what has changed in it since it was asked for. */
export async function loadMembers({ wire }: Context, group: FollowedGroup): Promise<MemberList> {
  const before = group.members;
  const attempt = { what: 'ask for the members', to: group.jid };
  const question = members.build({ version: before?.version ?? 0, users: [] });
  const { users, version } = await wire.ask(attempt, question, members);
  group.members = updated(before, users, version ?? before?.version ?? 0);
  return group.members;
}

/** Brings a list that was loaded before up to date; what happens meanwhile, too. */
export async function refreshMembers(context: Context, group: FollowedGroup): Promise<void> {
  if (group.members === undefined) return;
  if (group.refreshing !== 'idle') {
    group.refreshing = 'again';
    return;
  }
  try {
    do {
      group.refreshing = 'running';
      const { members: now } = await loadMembers(context, group);
      context.events.emit('members', { group: group.jid, members: now });
    } while (isAgain(group));
  } catch (error) {
    tellFault(context, group.jid, error);
  } finally {
    group.refreshing = 'idle';
  }
}

/** Another call may have set it while this one waited. */
const isAgain = ({ refreshing }: FollowedGroup): boolean => refreshing === 'again';

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
