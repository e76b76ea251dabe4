/** XEP-0425: Moderated Message Retraction, version 0.3.0. https://xmpp.org/extensions/xep-0425.html */
import { attr, element, flag, text, textChild, token } from '../codec/index.js';
import { NS } from '../xml/namespaces.js';

/** A moderator's request. `id` is that of the message in the archive of the group. */
export const moderation = element('moderate', NS.messageModeration, 'XEP-0425 section 4', {
  id: attr('id', token),
  /** What is to be done; nothing else is defined yet. */
  retracts: flag('retract', NS.messageRetraction),
  reason: textChild('reason', NS.messageModeration, text).optional,
});
