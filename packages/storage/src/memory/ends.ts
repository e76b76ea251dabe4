import type { BareJid } from '@xmpp-groups/core/jid';
import type { Group } from '@xmpp-groups/core/xabber';

/** The groups with a right that ends at or before `until`, in seconds, and the first end after it. */
export function endsIn(groups: readonly Group[], until: number) {
  const ended: BareJid[] = [];
  let next: number | undefined;
  for (const group of groups) {
    const ends = [...group.members.values()]
      .flatMap(({ rights }) => [...rights.values()])
      .filter((end) => end > 0);
    if (ends.some((end) => end <= until)) ended.push(group.jid);
    for (const end of ends) {
      if (end > until && end < (next ?? Infinity)) next = end;
    }
  }
  return { groups: ended, next };
}
