import type { XmlElement } from '../xml/element.js';

/** The same element with some attributes replaced, all that nobody declared kept as it was. */
export const withAttrs = (source: XmlElement, changed: Readonly<Record<string, string>>): XmlElement => ({
  name: source.name,
  attrs: { ...source.attrs, ...changed },
  children: source.children,
});
