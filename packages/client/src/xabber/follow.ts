import type { BareJid } from '@xmpp-groups/core/jid';
import { GroupsError, isTemporary } from '../errors.js';
import { catchUp } from './catch-up.js';
import type { Context } from './context.js';
import { memberById } from './members.js';
import { newGroup, type Position } from './state.js';

/** Follows a group from a position on, or from now on; resolves when everything that was missed has been told. */
export async function followGroup(context: Context, group: BareJid, position: Position = {}): Promise<void> {
  const { wire, groups } = context;
  if (groups.has(group)) return;
  const followed = newGroup(group, position);
  groups.set(group, followed);
  const done = catchUp(context, followed);
  try {
    followed.me = await memberById(wire, group, '');
  } catch (error) {
    // Who is no member any more has nothing to follow.
    if (error instanceof GroupsError && !isTemporary(error)) unfollow(context, group);
    throw error;
  }
  await done;
}

/** Ends it, without a word to the group. */
export function unfollow({ groups }: Context, group: BareJid): void {
  groups.get(group)?.cancelRetry();
  groups.delete(group);
}
