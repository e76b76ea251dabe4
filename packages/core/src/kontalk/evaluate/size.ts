import type { XmlElement } from '../../xml/element.js';
import type { Incoming } from './incoming.js';

/** About how many characters an element has as text; exact enough to keep memory bounded. */
function sizeOf(root: XmlElement): number {
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

/** The same for a stanza with what was encrypted in it. */
export function sizeOfIncoming({ stanza, verdict }: Incoming): number {
  let size = sizeOf(stanza);
  if (verdict.kind === 'verified') for (const child of verdict.payload) size += sizeOf(child);
  return size;
}
