import type { XmlElement, XmlNode } from '../xml/element.js';
import { enter, localName, namespaceIn, type Scope } from '../xml/scope.js';

/**
 * The same element as one that can stand on its own: it declares its namespace, and no prefix that was
 * declared outside of it is left. Elements whose namespace already stands on them are returned as they are.
 */
export function qualify(element: XmlElement, outer: Scope): XmlElement {
  const inside = enter(element, outer);
  // No default namespace may be that of `xml:` (Namespaces in XML 1.0, section 3): such names keep the prefix.
  const reserved = element.name.startsWith('xml:');
  const namespace = (reserved ? undefined : namespaceIn(element, inside)) ?? inside.namespace;
  if (Object.keys(inside.prefixes).length <= 1) {
    return element.attrs.xmlns === namespace
      ? element
      : { name: element.name, attrs: { ...element.attrs, xmlns: namespace }, children: element.children };
  }
  const children = element.children.map(
    (node): XmlNode => (typeof node === 'string' ? node : qualify(node, inside)),
  );
  return {
    name: reserved ? element.name : localName(element),
    attrs: { ...ownAttributes(element, inside), xmlns: namespace },
    children,
  };
}

/** The attributes, with a declaration for each prefix that is used in their names and with no other. */
function ownAttributes(element: XmlElement, inside: Scope): Record<string, string | undefined> {
  const attrs: Record<string, string | undefined> = {};
  for (const [key, value] of Object.entries(element.attrs)) {
    if (key.startsWith('xmlns:')) continue;
    attrs[key] = value;
    const colon = key.indexOf(':');
    const prefix = colon < 0 ? 'xml' : key.slice(0, colon);
    if (prefix !== 'xml') attrs[`xmlns:${prefix}`] = inside.prefixes[prefix];
  }
  return attrs;
}
