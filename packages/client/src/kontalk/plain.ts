import type { XmlElement } from '@xmpp-groups/core/xml';

/** A copy that is nothing but data: elements of libraries know their parents, too, and may be changed by others. */
export const plain = ({ name, attrs, children }: XmlElement): XmlElement => ({
  name,
  attrs: { ...attrs },
  children: children.map((child) => (typeof child === 'string' ? child : plain(child))),
});
