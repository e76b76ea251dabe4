import { failure, ok, type Result } from '../result.js';
import type { XmlElement } from '../xml/element.js';
import { enter, localName, namespaceIn, type Scope } from '../xml/scope.js';
import type { NamedChild, Source } from './field.js';

const NONE: readonly never[] = [];

/** What a field of many children reads where there are none. */
export const NOTHING: Result<readonly never[]> = ok(NONE);

/** The child elements of `element` with their names; `inside` is the scope inside it. */
export function namedChildren({ children }: XmlElement, inside: Scope): readonly NamedChild[] {
  // Most elements hold a text or nothing: nothing is made for them.
  let named: NamedChild[] | undefined;
  for (const child of children) {
    if (typeof child === 'string') continue;
    const scope = enter(child, inside);
    const one = {
      element: child,
      namespace: namespaceIn(child, scope),
      local: localName(child),
      inside: scope,
    };
    if (named === undefined) named = [one];
    else named.push(one);
  }
  return named ?? NONE;
}

/** Whether `source` has a child in a namespace with a name. */
export function hasChild({ children }: Source, namespace: string, name: string): boolean {
  for (const child of children) if (child.local === name && child.namespace === namespace) return true;
  return false;
}

/** The children of `source` in a namespace with a name, in their order. */
function childrenNamed({ children }: Source, namespace: string, name: string): readonly NamedChild[] {
  // Most elements that may be there are not: nothing is made for them.
  let found: NamedChild[] | undefined;
  for (const child of children) {
    if (child.local !== name || child.namespace !== namespace) continue;
    if (found === undefined) found = [child];
    else found.push(child);
  }
  return found ?? NONE;
}

/** What `read` makes of the one child with a name, `undefined` when there is none; more than one is a failure. */
export function readOnly<T>(
  { children }: Source,
  namespace: string,
  name: string,
  read: (child: NamedChild) => Result<T>,
): Result<T> | undefined {
  let only: NamedChild | undefined;
  for (const child of children) {
    if (child.local !== name || child.namespace !== namespace) continue;
    if (only !== undefined) return failure(`/${name}`, 'more than one');
    only = child;
  }
  if (only === undefined) return undefined;
  const found = read(only);
  return found.ok ? found : failure(`/${name}${found.error.path}`, found.error.reason);
}

/** What `read` makes of all children with a name; more than `maximum` are a failure. */
export function readAll<T>(
  source: Source,
  namespace: string,
  name: string,
  maximum: number,
  read: (child: NamedChild) => Result<T>,
): Result<readonly T[]> {
  const found = childrenNamed(source, namespace, name);
  if (found.length > maximum) return failure(`/${name}`, `more than ${maximum}`);
  let values: T[] | undefined;
  for (const one of found) {
    const value = read(one);
    if (!value.ok) return failure(`/${name}${value.error.path}`, value.error.reason);
    // Mostly it is one, and a list that begins as an empty one makes room for seventeen.
    if (values === undefined) values = [value.value];
    else values.push(value.value);
  }
  return values === undefined ? NOTHING : ok(values);
}
