import { elementsOf, textOf, type XmlElement } from '../../xml/element.js';
import { localName } from '../../xml/scope.js';

/** One step down: the local name of a child, or its name and namespace as `name namespace`. */
const fits = (element: XmlElement, step: string): boolean => {
  const [name, namespace] = step.split(' ');
  return localName(element) === name && (namespace === undefined || element.attrs.xmlns === namespace);
};

/** All elements at the end of the path, in document order. */
export function all(element: XmlElement, ...path: readonly string[]): XmlElement[] {
  let found = [element];
  for (const step of path) {
    found = found.flatMap((parent) => elementsOf(parent).filter((child) => fits(child, step)));
  }
  return found;
}

/** The only element at the end of the path. */
export function only(element: XmlElement, ...path: readonly string[]): XmlElement {
  const found = all(element, ...path);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`${found.length} of ${path.join('/')} in <${element.name}/>`);
  }
  return first;
}

/** The text of the only element at the end of the path. */
export const text = (element: XmlElement, ...path: readonly string[]): string =>
  textOf(only(element, ...path));

/** The texts of all elements at the end of the path. */
export const texts = (element: XmlElement, ...path: readonly string[]): string[] =>
  all(element, ...path).map(textOf);

/** Whether there is anything at the end of the path. */
export const has = (element: XmlElement, ...path: readonly string[]): boolean =>
  all(element, ...path).length > 0;
