/** XEP-0060: Publish-Subscribe, version 1.26: what XEP-0084 needs. https://xmpp.org/extensions/xep-0060.html */
import { attr, child, element, list, text, type ValueOf } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';
import { avatarMetadata } from './0084-user-avatar.js';

const item = element('item', NS.pubsub, 'XEP-0060 section 6.5', {
  id: attr('id', text).optional,
  metadata: child(avatarMetadata).optional,
});

const items = element('items', NS.pubsub, 'XEP-0060 section 6.5', {
  node: attr('node', text),
  items: list(item),
});

export const pubsub = element('pubsub', NS.pubsub, 'XEP-0060 section 6.5', { items: child(items) });

export type PubSub = ValueOf<typeof pubsub>;
