import type { XmlElement, XmlNode } from '../xml/element.js';
import { enter, localName, namespaceIn, type Scope } from '../xml/scope.js';

/**
 * The same element as one that can stand on its own: it declares its namespace, and no prefix that was
 * declared outside of it is left. Elements whose namespace already stands on them are returned as they are.
 */
export function qualify(element: XmlElement, outer: Scope): XmlElement {
  const inside = enter(element, outer);
  const namespace = namespaceIn(element, inside) ?? inside.namespace;
  if (Object.keys(inside.prefixes).length <= 1) {
    return element.attrs.xmlns === namespace
      ? element
      : { name: element.name, attrs: { ...element.attrs, xmlns: namespace }, children: element.children };
  }
  const attrs: Record<string, string | undefined> = {};
  for (const [key, value] of Object.entries(element.attrs)) if (!key.startsWith('xmlns:')) attrs[key] = value;
  const children = element.children.map(
    (node): XmlNode => (typeof node === 'string' ? node : qualify(node, inside)),
  );
  return { name: localName(element), attrs: { ...attrs, xmlns: namespace }, children };
}
