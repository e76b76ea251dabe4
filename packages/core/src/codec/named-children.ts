import { failure, ok, type Result } from '../result.js';
import type { XmlElement } from '../xml/element.js';
import { enter, localName, namespaceIn, type Scope } from '../xml/scope.js';
import type { NamedChild, Source } from './field.js';

const NONE: readonly never[] = [];

/** What a field of many children reads where there are none. */
export const NOTHING: Result<readonly never[]> = ok(NONE);

/** The child elements of `element` with their names; `inside` is the scope inside it. */
export function namedChildren({ children }: XmlElement, inside: Scope): readonly NamedChild[] {
  if (children.length === 0) return NONE;
  const named: NamedChild[] = [];
  for (const child of children) {
    if (typeof child === 'string') continue;
    named.push({
      element: child,
      namespace: namespaceIn(child, enter(child, inside)),
      local: localName(child),
    });
  }
  return named;
}

/** Whether `source` has a child in a namespace with a name. */
export function hasChild({ children }: Source, namespace: string, name: string): boolean {
  for (const child of children) if (child.local === name && child.namespace === namespace) return true;
  return false;
}

/** The children of `source` in a namespace with a name, in their order. */
export function childrenNamed({ children }: Source, namespace: string, name: string): readonly XmlElement[] {
  // Most elements that may be there are not: nothing is made for them.
  let found: XmlElement[] | undefined;
  for (const child of children) {
    if (child.local !== name || child.namespace !== namespace) continue;
    if (found === undefined) found = [child.element];
    else found.push(child.element);
  }
  return found ?? NONE;
}

/** The one child with a name, `undefined` when there is none; more than one is a failure. */
export function onlyChild(source: Source, namespace: string, name: string): Result<XmlElement | undefined> {
  let only: XmlElement | undefined;
  for (const child of source.children) {
    if (child.local !== name || child.namespace !== namespace) continue;
    if (only !== undefined) return failure(`${source.path}/${name}`, 'more than one');
    only = child.element;
  }
  return ok(only);
}
