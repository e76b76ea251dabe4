import type { XmlElement, XmlNode } from '../xml/element.js';
import { prefixOf } from '../xml/names.js';
import { enter, localName, type Scope } from '../xml/scope.js';

/**
 * The same element as one that can stand on its own: it declares its namespace, and no prefix that was
 * declared outside of it is left. Elements whose namespace already stands on them are returned as they are.
 */
export function qualify(element: XmlElement, outer: Scope): XmlElement {
  const inside = enter(element, outer);
  // No default namespace may be that of `xml:` (Namespaces in XML 1.0, section 3): such names keep the prefix.
  const reserved = element.name.startsWith('xml:');
  const prefix = reserved ? undefined : prefixOf(element.name);
  const prefixed = prefix === undefined ? undefined : declaredAs(prefix, inside);
  // As a default namespace it is read again, because those of streams count as one.
  const namespace =
    prefixed === undefined
      ? inside.namespace
      : enter({ ...element, attrs: { xmlns: prefixed } }, inside).namespace;
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

/** The namespace of a prefix. Prefixes are names from the network: `constructor` is not declared either. */
const declaredAs = (prefix: string, scope: Scope): string | undefined =>
  Object.hasOwn(scope.prefixes, prefix) ? scope.prefixes[prefix] || undefined : undefined;

/**
 * The attributes, with a declaration for each prefix that is used in their names and with no other. Those
 * whose prefix nobody declared are left out.
 */
function ownAttributes(element: XmlElement, inside: Scope): Record<string, string | undefined> {
  const attrs: Record<string, string | undefined> = {};
  for (const [key, value] of Object.entries(element.attrs)) {
    if (key.startsWith('xmlns:')) continue;
    const prefix = prefixOf(key) ?? 'xml';
    const namespace = declaredAs(prefix, inside);
    if (namespace === undefined) continue;
    attrs[key] = value;
    if (prefix !== 'xml') attrs[`xmlns:${prefix}`] = namespace;
  }
  return attrs;
}
