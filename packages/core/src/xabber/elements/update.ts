import { element, text, textChild } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/** A change of the group in the words of the first clients: `owner` is the JID that is to own it. */
export const update = element('update', NS.groups, 'reference 9.3', {
  owner: textChild('owner', NS.groups, text).optional,
});
