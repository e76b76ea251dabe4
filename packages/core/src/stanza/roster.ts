import { attr, bareJid, element, list, oneOf, text } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

const item = element('item', NS.roster, 'RFC 6121 section 2.1.2', {
  jid: attr('jid', bareJid),
  name: attr('name', text).optional,
  /** `remove` takes the contact out of the roster. */
  subscription: attr('subscription', oneOf('none', 'to', 'from', 'both', 'remove')).optional,
});

/** The contacts of an account: empty in the question; with one item in a change. */
export const roster = element('query', NS.roster, 'RFC 6121 section 2.1', { items: list(item, 100_000) });
