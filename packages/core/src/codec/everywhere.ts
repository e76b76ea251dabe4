import type { Result } from '../result.js';
import type { XmlElement } from '../xml/element.js';
import { enter, type Scope, STANZA_SCOPE } from '../xml/scope.js';
import type { Declaration } from './declaration.js';

/**
 * Every element of this declaration among `elements` and inside them, at whatever depth, read; those inside one
 * that was found are found too. In no particular order.
 * @param outer the namespaces in force around the elements; default: those of a stanza in its stream
 */
export function everywhere<T>(
  declared: Declaration<T>,
  elements: readonly XmlElement[],
  outer: Scope = STANZA_SCOPE,
): Result<T>[] {
  const found: Result<T>[] = [];
  const open = elements.map((element) => ({ element, outer }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { element, outer: around } = next;
    if (declared.is(element, around)) found.push(declared.parse(element, around));
    const inside = enter(element, around);
    for (const child of element.children) {
      if (typeof child !== 'string') open.push({ element: child, outer: inside });
    }
  }
  return found;
}
