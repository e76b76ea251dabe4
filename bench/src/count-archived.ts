import { bare } from '@xmpp-groups/harness';
import { openStore } from '@xmpp-groups/storage';

/** How many messages the archives of groups hold, by their JIDs, once the daemon has ended. */
export async function countArchived(url: string, jids: readonly string[]): Promise<Map<string, number>> {
  const store = await openStore(url);
  try {
    const counts = new Map<string, number>();
    for (const jid of jids) {
      const { count } = await store.page(bare(jid), { page: { direction: 'forward', max: 1 } });
      counts.set(jid, count ?? 0);
    }
    return counts;
  } finally {
    await store.close();
  }
}
