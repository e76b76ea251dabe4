import { attr, boolean, element } from '../../codec/index.js';
import { NS } from '../../xml/namespaces.js';

/**
 * Whether a device hears who is typing while it has the chat open. This project's own element (docs/typing.md), beside
 * `updates`: what clients know of the protocol has no place for the author of a chat state. Asked for empty.
 */
export const typing = element('typing', NS.typing, 'reference 6.6; docs/typing.md', {
  receive: attr('receive', boolean).optional,
});
