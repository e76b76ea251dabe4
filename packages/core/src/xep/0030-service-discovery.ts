/** XEP-0030: Service Discovery, version 2.5rc3, with XEP-0128 forms. https://xmpp.org/extensions/xep-0030.html */
import { attr, child, element, jid, list, text, type ValueOf } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';
import { form } from './0004-data-forms.js';
import { rsm } from './0059-result-set-management.js';

const identity = element('identity', NS.discoInfo, 'XEP-0030 section 3.1', {
  category: attr('category', text),
  type: attr('type', text),
  name: attr('name', text).optional,
});

const feature = element('feature', NS.discoInfo, 'XEP-0030 section 3.1', { var: attr('var', text) });

/** What an entity is and what it can do; empty in the question. */
export const discoInfo = element('query', NS.discoInfo, 'XEP-0030 section 3', {
  node: attr('node', text).optional,
  identities: list(identity),
  features: list(feature),
  forms: list(form),
});

const item = element('item', NS.discoItems, 'XEP-0030 section 4', {
  jid: attr('jid', jid),
  node: attr('node', text).optional,
  name: attr('name', text).optional,
});

/** What belongs to an entity; empty in the question. */
export const discoItems = element('query', NS.discoItems, 'XEP-0030 section 4', {
  node: attr('node', text).optional,
  items: list(item, 100_000),
  rsm: child(rsm).optional,
});

/** What an entity says of itself. */
export type DiscoInfo = ValueOf<typeof discoInfo>;

/** What an entity says that belongs to it. */
export type DiscoItems = ValueOf<typeof discoItems>;
