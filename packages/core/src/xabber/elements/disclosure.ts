import { attr, child, element, oneOf, text, textChild, textUpTo } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';
import { user } from './user.js';

const ns = NS.groups;
const step = oneOf('offer', 'request', 'accept', 'decline');

const recipient = element('recipient', ns, 'reference 13.6', { id: attr('id', text) });

/** A reason, in the element and in the form of the ad-hoc commands. */
export const disclosureReason = textUpTo(1024);

/**
 * A member of an incognito group tells one other member his real JID (`offer`), asks for the other's, or answers what
 * the other began. In an IQ or in a message to the group.
 */
export const disclosure = element('disclosure', ns, 'reference 13.6; docs/disclosure.md', {
  type: attr('type', step).or('offer'),
  recipient: child(recipient),
  reason: textChild('reason', ns, disclosureReason).optional,
});

/** What the group tells the other of it: the card of who turns to him, with the JID where it is told. */
export const disclosed = element('disclosed', ns, 'reference 13.6; docs/disclosure.md', {
  type: attr('type', step),
  user: child(user),
  reason: textChild('reason', ns, text).optional,
});
