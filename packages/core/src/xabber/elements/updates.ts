import { attr, boolean, element } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/**
 * Whether a member is told live of who joins, who leaves, and how many have the chat open. This project's own
 * element (docs/updates.md), for what the first proposal of the protocol promised: "turn on/off receiving
 * updates". Asked for empty.
 */
export const updates = element('updates', NS.updates, 'reference 5.2; docs/updates.md', {
  receive: attr('receive', boolean).optional,
});
