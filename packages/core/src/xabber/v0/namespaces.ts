import { withNamespaces } from '../../codec/index.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { namespaceOf } from '../../xml/scope.js';

/** The namespaces of the first generation, each with that of the present one; what is behind a `#` is the same. */
const FAMILIES = [
  [NS.groupsV0, NS.groups],
  [NS.deliveryV0, NS.delivery],
  [NS.previousV0, NS.previous],
  [NS.rewriteV0, NS.rewrite],
] as const;

const moved = (namespace: string, from: string, to: string): string | undefined =>
  namespace === from || namespace.startsWith(`${from}#`) ? to + namespace.slice(from.length) : undefined;

/** What is called `namespace` in the first generation, as it is called now; others stay as they are. */
export function namespaceInV1(namespace: string): string {
  for (const [v0, v1] of FAMILIES) {
    const found = moved(namespace, v0, v1);
    if (found !== undefined) return found;
  }
  return namespace;
}

/** The other way round. */
export function namespaceInV0(namespace: string): string {
  for (const [v0, v1] of FAMILIES) {
    const found = moved(namespace, v1, v0);
    if (found !== undefined) return found;
  }
  return namespace;
}

/** Whether an element is of the first generation (reference 16). */
export function isV0(element: XmlElement): boolean {
  const namespace = namespaceOf(element);
  return namespace !== undefined && namespaceInV1(namespace) !== namespace;
}

/** The same element in the namespaces of today. Its shape stays. */
export const inV1 = (element: XmlElement): XmlElement => withNamespaces(element, namespaceInV1);

/** The same element in the namespaces of the first generation. Its shape stays. */
export const inV0 = (element: XmlElement): XmlElement => withNamespaces(element, namespaceInV0);
