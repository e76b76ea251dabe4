/** XEP-0297: Stanza Forwarding, version 1.0. https://xmpp.org/extensions/xep-0297.html */
import { child, element, rawChild } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';
import { delay } from './0203-delayed-delivery.js';

/** A message that is passed on, with the time at which it was sent. */
export const forwarded = element('forwarded', NS.forward, 'XEP-0297 section 4', {
  delay: child(delay).optional,
  message: rawChild('message', NS.client),
});
