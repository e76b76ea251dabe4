import { failure, ok, type Result } from '../result.js';
import type { XmlElement } from '../xml/element.js';
import { enter, localName, namespaceIn } from '../xml/scope.js';
import type { Source } from './field.js';

/** The children of `source` in a namespace with a name, each with the scope inside it. */
export function childrenNamed(source: Source, namespace: string, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of source.element.children) {
    if (typeof child === 'string' || localName(child) !== name) continue;
    if (namespaceIn(child, enter(child, source.scope)) === namespace) found.push(child);
  }
  return found;
}

/** The one child with a name, `undefined` when there is none; more than one is a failure. */
export function onlyChild(source: Source, namespace: string, name: string): Result<XmlElement | undefined> {
  const found = childrenNamed(source, namespace, name);
  return found.length > 1 ? failure(`${source.path}/${name}`, 'more than one') : ok(found[0]);
}
