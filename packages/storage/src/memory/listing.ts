import type { BareJid } from '@xmpp-groups/core/jid';
import type { Group, GroupSummary } from '@xmpp-groups/core/xabber';
import { isBlocked, memberByJid } from '@xmpp-groups/core/xabber';

/**
 * Whether the asker may find the group in a listing (reference 1.2): an open group unless he is blocked, a
 * member-only group when he is in it or invited to it, a private chat never.
 */
export function isListedFor(group: Group, asker: BareJid): boolean {
  const { index, membership } = group.properties;
  if (index === 'none' || group.parent !== undefined) return false;
  if (membership === 'open') return !isBlocked(group, asker);
  const subscription = memberByJid(group, asker)?.subscription;
  return subscription === 'both' || subscription === 'wait';
}

export const summaryOf = ({ jid, properties, size }: Group): GroupSummary => ({ jid, properties, size });
