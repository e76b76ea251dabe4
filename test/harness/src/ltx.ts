import { Element, Parser } from '@xmpp/xml';
import type { XmlElement } from '@xmpp-groups/core/xml';

/** A copy of `element` as @xmpp/client wants it: its stream management keeps and changes what is sent. */
export function toLtx(element: XmlElement): Element {
  const copy = new Element(element.name, element.attrs);
  copy.append(...element.children.map((child) => (typeof child === 'string' ? child : toLtx(child))));
  return copy;
}

/** Reads the text of one stanza. Throws when it is not exactly one element. */
export function parseStanza(text: string): Element {
  const parser = new Parser();
  const read: { root?: Element; complete: boolean; error?: Error } = { complete: false };
  parser.on('start', (element) => {
    read.root = element;
  });
  // Children are handed out one by one, as those of a stream are.
  parser.on('element', (element) => read.root?.append(element));
  parser.on('end', () => {
    read.complete = true;
  });
  parser.on('error', (error) => {
    read.error = error;
  });
  parser.write(text);
  if (read.error !== undefined) throw read.error;
  if (read.root === undefined || !read.complete) throw new Error(`This is not one whole stanza: ${text}`);
  return read.root;
}
