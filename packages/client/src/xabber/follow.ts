import type { BareJid } from '@xmpp-groups/core/jid';
import { isTemporary } from '../errors.js';
import { bringUpToDate } from './catch-up.js';
import type { Context } from './context.js';
import { newGroup, type Position } from './state.js';

/**
 * Follows a group from a position on, or from now on; resolves when everything that was missed has been told. Rejects when
 * that fails: after a refusal the group is not followed, and otherwise it is tried again.
 */
export async function followGroup(context: Context, group: BareJid, position: Position = {}): Promise<void> {
  if (context.groups.has(group)) return;
  const followed = newGroup(group, position);
  context.groups.set(group, followed);
  const error = await bringUpToDate(context, followed);
  if (error === undefined) return;
  if (!isTemporary(error)) unfollow(context, group);
  throw error;
}

/** Ends it, without a word to the group. */
export function unfollow({ groups }: Context, group: BareJid): void {
  groups.get(group)?.cancelRetry();
  groups.delete(group);
}
