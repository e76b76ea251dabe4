/**
 * An XML element as plain data. The elements of `@xmpp/xml` and ltx satisfy it as they are, so stanzas
 * from those libraries are read without a copy. `attrs` holds namespace declarations too (`xmlns`,
 * `xmlns:p`), names keep their prefix, and an element without `xmlns` is in the namespace of its parent.
 */
export interface XmlElement {
  readonly name: string;
  readonly attrs: Readonly<Record<string, string | undefined>>;
  readonly children: readonly XmlNode[];
}

/** A child of an element: an element, or text with its references already decoded. */
export type XmlNode = XmlElement | string;

/** Builds an element. Attributes whose value is `undefined` and children that are `undefined` are left out. */
export function xml(
  name: string,
  attrs: Readonly<Record<string, string | undefined>> = {},
  children: readonly (XmlNode | undefined)[] = [],
): XmlElement {
  const kept: Record<string, string> = {};
  for (const key in attrs) {
    const value = attrs[key];
    if (value !== undefined) kept[key] = value;
  }
  return { name, attrs: kept, children: children.filter((child) => child !== undefined) };
}

/** The element's child elements, text left out. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** The element's own text: its text children joined, child elements left out. */
export function textOf(element: XmlElement): string {
  let text = '';
  for (const child of element.children) if (typeof child === 'string') text += child;
  return text;
}
