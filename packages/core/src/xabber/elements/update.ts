import { element, text, textChild } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/**
 * A change of the group: `owner` is the JID that is to own it, in the words of the first clients; `pinned` the id of
 * the message to pin, empty to unpin.
 */
export const update = element('update', NS.groups, 'reference 9.3, 11.4', {
  owner: textChild('owner', NS.groups, text).optional,
  pinned: textChild('pinned-message', NS.groups, text).optional,
});
