/** XEP-0444: Message Reactions, version 0.2.1. https://xmpp.org/extensions/xep-0444.html */
import { attr, element, text, textChildren, token } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** All reactions that the sender has to the message `id`; none: he takes them back. */
export const reactions = element('reactions', NS.reactions, 'XEP-0444 section 3', {
  id: attr('id', token),
  emojis: textChildren('reaction', NS.reactions, text, 100),
});
