import type { XmlElement } from './element.js';

/** About how many characters an element has as text; exact enough to keep memory bounded. */
export function sizeOf(root: XmlElement): number {
  let size = 0;
  // Most elements hold no others: no list is made for them.
  let open: XmlElement[] | undefined;
  for (let next: XmlElement | undefined = root; next !== undefined; next = open?.pop()) {
    size += 2 * next.name.length + 5;
    const { attrs } = next;
    for (const key in attrs) size += key.length + (attrs[key] ?? '').length + 4;
    for (const child of next.children) {
      if (typeof child === 'string') size += child.length;
      else if (open === undefined) open = [child];
      else open.push(child);
    }
  }
  return size;
}
