import type { BareJid } from '@xmpp-groups/core/jid';
import {
  type ArchivedMessage,
  calledSo,
  LATEST,
  type NamedMessage,
  type Store,
} from '@xmpp-groups/core/xabber';

/**
 * The message of the archive that somebody names: by its id there, by his own origin-id, or by the `id` of its
 * stanza, which is looked for among the latest messages only.
 */
export async function namedMessage(
  store: Pick<Store, 'message' | 'findByOrigin' | 'page'>,
  group: BareJid,
  named: NamedMessage,
): Promise<ArchivedMessage | undefined> {
  const { stanzaId, called, by } = named;
  const byArchiveId = stanzaId === undefined ? undefined : await store.message(group, stanzaId);
  if (byArchiveId !== undefined || called === undefined) return byArchiveId;
  const own = by === undefined ? undefined : await store.findByOrigin(group, by, called);
  if (own !== undefined) return own;
  const { messages } = await store.page(group, LATEST);
  return calledSo(messages, named);
}
