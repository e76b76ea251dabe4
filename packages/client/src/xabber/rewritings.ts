import type { RewriteNotice } from '@xmpp-groups/core/xabber';
import type { Context } from './context.js';
import type { FollowedGroup } from './state.js';

/**
 * A group says that its archive was rewritten: told at once when it is the next version, and kept for `tellRewritings`
 * while the group is caught up with.
 * @returns whether others are missing before it, so that the group is to be caught up with
 */
export function rewritten(context: Context, group: FollowedGroup, notice: RewriteNotice): boolean {
  const { rewrites } = group.position;
  if (rewrites !== undefined && notice.version <= rewrites) return false;
  group.rewritings.set(notice.version, notice);
  if (group.catchUp !== 'idle') return false;
  if (rewrites !== undefined && notice.version > rewrites + 1) return true;
  tellRewritings(context, group, notice.version);
  return false;
}

/**
 * Tells what has come, each once and in the order of the versions.
 * @param version up to which nothing is missing; `undefined` when the group does not count
 */
export function tellRewritings(context: Context, group: FollowedGroup, version: number | undefined): void {
  const known = group.position.rewrites;
  const open = [...group.rewritings].sort(([one], [other]) => one - other);
  group.rewritings.clear();
  for (const [at, notice] of open) {
    if (known === undefined || at > known) tell(context, group, notice);
  }
  const newest = open.at(-1)?.[0];
  const all = [known, version, newest].filter((one) => one !== undefined);
  if (all.length > 0) group.position = { ...group.position, rewrites: Math.max(...all) };
}

function tell({ events }: Context, { jid: group }: FollowedGroup, notice: RewriteNotice): void {
  const { what, id = '', by, version, message } = notice;
  switch (what) {
    case 'replace':
      events.emit('edited', { group, stanzaId: id, message, version });
      return;
    case 'retract-message':
      events.emit('retracted', { group, what: { stanzaId: id }, by, version });
      return;
    case 'retract-user':
      events.emit('retracted', { group, what: { author: id }, by, version });
      return;
    case 'retract-all':
      events.emit('retracted', { group, what: 'everything', by, version });
      return;
    case 'invalidate':
      events.emit('invalidated', { group, version });
  }
}
