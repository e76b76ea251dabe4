import type { XmlElement } from '../xml/element.js';

/** The same element with some attributes replaced, all that nobody declared kept as it was. */
export const withAttrs = (source: XmlElement, changed: Readonly<Record<string, string>>): XmlElement => ({
  name: source.name,
  attrs: { ...source.attrs, ...changed },
  children: source.children,
});

/** The same element with other namespaces, at whatever depth: each that is declared becomes what `rename` says. */
export const withNamespaces = (source: XmlElement, rename: (namespace: string) => string): XmlElement => ({
  name: source.name,
  attrs:
    source.attrs.xmlns === undefined ? source.attrs : { ...source.attrs, xmlns: rename(source.attrs.xmlns) },
  children: source.children.map((child) =>
    typeof child === 'string' ? child : withNamespaces(child, rename),
  ),
});
