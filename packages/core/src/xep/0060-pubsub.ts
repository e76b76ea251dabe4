/** XEP-0060: Publish-Subscribe, version 1.26: what XEP-0084 needs. https://xmpp.org/extensions/xep-0060.html */
import { attr, child, element, list, text, type ValueOf } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';
import { avatarData, avatarMetadata } from './0084-user-avatar.js';

const itemIn = (namespace: string) =>
  element('item', namespace, 'XEP-0060 section 6.5 and 7.1', {
    id: attr('id', text).optional,
    metadata: child(avatarMetadata).optional,
    data: child(avatarData).optional,
  });

const itemsIn = (namespace: string, name: 'items' | 'publish') =>
  element(name, namespace, 'XEP-0060 section 6.5 and 7.1', {
    node: attr('node', text),
    items: list(itemIn(namespace)),
  });

/** What is asked for, or given (`items`), or what somebody wants to be kept (`publish`). */
export const pubsub = element('pubsub', NS.pubsub, 'XEP-0060 section 6.5 and 7.1', {
  items: child(itemsIn(NS.pubsub, 'items')).optional,
  publish: child(itemsIn(NS.pubsub, 'publish')).optional,
});

/** Word of what was published. */
export const pubsubEvent = element('event', NS.pubsubEvent, 'XEP-0060 section 7.1.2', {
  items: child(itemsIn(NS.pubsubEvent, 'items')).optional,
});

export type PubSub = ValueOf<typeof pubsub>;
