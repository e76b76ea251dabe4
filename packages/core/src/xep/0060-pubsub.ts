/** XEP-0060: Publish-Subscribe, version 1.26: what XEP-0084 and XEP-0373 need. https://xmpp.org/extensions/xep-0060.html */
import { attr, child, element, integer, list, text, type ValueOf } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';
import { form } from './0004-data-forms.js';
import { avatarData, avatarMetadata } from './0084-user-avatar.js';
import { publicKey, publicKeys, secretKey } from './0373-openpgp.js';

const itemIn = (namespace: string) =>
  element('item', namespace, 'XEP-0060 section 6.5 and 7.1', {
    id: attr('id', text).optional,
    metadata: child(avatarMetadata).optional,
    data: child(avatarData).optional,
    publicKey: child(publicKey).optional,
    publicKeys: child(publicKeys).optional,
    secretKey: child(secretKey).optional,
  });

const itemsIn = (namespace: string, name: 'items' | 'publish') =>
  element(name, namespace, 'XEP-0060 section 6.5 and 7.1', {
    node: attr('node', text),
    /** In a question: no more than that many of the newest. */
    atMost: attr('max_items', integer(1)).optional,
    items: list(itemIn(namespace)),
  });

const publishOptions = element('publish-options', NS.pubsub, 'XEP-0060 section 7.1.5', {
  form: child(form).optional,
});

/** What is asked for, or given (`items`), or what somebody wants to be kept (`publish`). */
export const pubsub = element('pubsub', NS.pubsub, 'XEP-0060 section 6.5 and 7.1', {
  items: child(itemsIn(NS.pubsub, 'items')).optional,
  publish: child(itemsIn(NS.pubsub, 'publish')).optional,
  /** What has to hold of the node to which something is published, e.g. who may read it. */
  publishOptions: child(publishOptions).optional,
});

const emptied = (name: 'delete' | 'purge') =>
  element(name, NS.pubsubEvent, 'XEP-0060 section 8.4 and 8.5', { node: attr('node', text) });

/** Word of what was published, or that all of it was taken away. */
export const pubsubEvent = element('event', NS.pubsubEvent, 'XEP-0060 section 7.1.2', {
  items: child(itemsIn(NS.pubsubEvent, 'items')).optional,
  deleted: child(emptied('delete')).optional,
  purged: child(emptied('purge')).optional,
});

/** A request to a node, or its answer, as it is read. */
export type PubSub = ValueOf<typeof pubsub>;
