import type { BareJid } from '@xmpp-groups/core/jid';
import type { Group, GroupSummary } from '@xmpp-groups/core/xabber';
import { isBlocked, memberByJid } from '@xmpp-groups/core/xabber';

/**
 * Whether the asker may find the group in a listing (reference 1.2): an open group always, a member-only group
 * when he is in it or invited to it; but none from which he is blocked (10.2), and no private chat.
 */
export function isListedFor(group: Group, asker: BareJid): boolean {
  const { index, membership } = group.properties;
  if (index === 'none' || group.parent !== undefined || isBlocked(group, asker)) return false;
  if (membership === 'open') return true;
  const subscription = memberByJid(group, asker)?.subscription;
  return subscription === 'both' || subscription === 'wait';
}

export const summaryOf = ({ jid, properties, size }: Group): GroupSummary => ({ jid, properties, size });
