import { err, ok, type Result } from '../../result.js';
import { refusal, type StanzaError } from '../../stanza/error.js';
import type { Iq } from '../../stanza/stanza.js';
import type { PubSub } from '../../xep/0060-pubsub.js';
import { NS } from '../../xml/namespaces.js';
import type { AvatarOwner, PublishAvatar, PublishImage, ReadAvatar } from '../command.js';

const OTHER_NODE = refusal('feature-not-implemented', 'Nothing but avatars is published and read here');

/** `urn:xmpp:avatar:data#r0me000011112222`: what of whose avatar a node is (reference 8.6, 11.6). */
function nodeIn(
  node: string,
): { readonly part: 'data' | 'metadata'; readonly owner: AvatarOwner } | undefined {
  const at = node.indexOf('#');
  const name = at < 0 ? node : node.slice(0, at);
  const owner = at < 0 ? undefined : node.slice(at + 1);
  if (name === NS.avatarData) return { part: 'data', owner };
  return name === NS.avatarMetadata ? { part: 'metadata', owner } : undefined;
}

/** What is read of the nodes that look like those of PEP; any other node is one that this service has not got. */
export function interpretItems({ items }: PubSub, from: Iq['from']): Result<ReadAvatar, StanzaError> {
  const node = items && nodeIn(items.node);
  if (node === undefined) return err(OTHER_NODE);
  return ok({ kind: 'readAvatar', from, node: items?.node ?? '', ...node, id: items?.items[0]?.id });
}

/** What is published there: an image, or what there is to know of it, or that it is taken away. */
export function interpretPublish(
  { publish }: PubSub,
  from: Iq['from'],
): Result<PublishImage | PublishAvatar, StanzaError> {
  const node = publish && nodeIn(publish.node);
  if (publish === undefined || node === undefined) return err(OTHER_NODE);
  const [item] = publish.items;
  const asked = { from, node: publish.node, owner: node.owner };
  if (node.part === 'data') {
    const { id = '', data } = item ?? {};
    if (id !== '' && data === undefined) return err(refusal('bad-request', 'The item has no image'));
    return ok({ kind: 'publishImage', ...asked, id, base64: data?.base64 ?? '' });
  }
  const infos = item?.metadata?.infos ?? [];
  const info = infos.find(({ id }) => id === item?.id) ?? infos[0];
  if (item?.id && item.metadata === undefined) {
    return err(refusal('bad-request', 'The item says nothing of an image'));
  }
  return ok({ kind: 'publishAvatar', ...asked, info: item?.id === '' ? undefined : info });
}
