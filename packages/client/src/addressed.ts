import type { Jid } from '@xmpp-groups/core/jid';
import type { XmlElement } from '@xmpp-groups/core/xml';

/**
 * A stanza with both addresses: what lacks one has that of the own account (RFC 6120, sections 8.1.1.1 and 8.1.2.1).
 * @param from who sent it, where it does not say so
 * @param to whom it is for, where it does not say so
 */
export const addressed = (element: XmlElement, from: Jid, to: Jid): XmlElement => ({
  ...element,
  attrs: { ...element.attrs, from: element.attrs.from ?? from, to: element.attrs.to ?? to },
});
