import type { XmlElement } from './element.js';

/** The namespace declarations in force around an element (Namespaces in XML 1.0, section 6). */
export interface Scope {
  /** The default namespace, `''` for none. */
  readonly namespace: string;
  readonly prefixes: Readonly<Record<string, string>>;
}

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/**
 * Streams carry stanzas in one of these; payloads without `xmlns` inherit it. They are one namespace
 * here, so that a `<body/>` reads the same from a client stream and from a component stream.
 */
const isOfStream = (namespace: string): boolean =>
  namespace === 'jabber:component:accept' ||
  namespace === 'jabber:component:connect' ||
  namespace === 'jabber:server';

/** The namespace that all stanzas have here, whichever stream they came on. */
export const STANZA_NAMESPACE = 'jabber:client';

/** The scope around a stanza that comes without declarations of its own. */
export const STANZA_SCOPE: Scope = { namespace: STANZA_NAMESPACE, prefixes: { xml: XML_NAMESPACE } };

/** The scope inside `element`, given the one around it. */
export function enter(element: XmlElement, outer: Scope): Scope {
  let namespace = outer.namespace;
  let prefixes: Record<string, string> | undefined;
  for (const key in element.attrs) {
    if (!key.startsWith('xmlns')) continue;
    const value = element.attrs[key];
    if (value === undefined) continue;
    const declared = isOfStream(value) ? STANZA_NAMESPACE : value;
    if (key === 'xmlns') namespace = declared;
    else if (key[5] === ':') prefixes = { ...(prefixes ?? outer.prefixes), [key.slice(6)]: declared };
  }
  if (namespace === outer.namespace && prefixes === undefined) return outer;
  return { namespace, prefixes: prefixes ?? outer.prefixes };
}

/** The local name: what is left of `name` when the prefix is taken off. */
export function localName(element: XmlElement): string {
  const colon = element.name.indexOf(':');
  return colon < 0 ? element.name : element.name.slice(colon + 1);
}

/** The namespace of an element, given the scope *inside* it. `undefined` when its prefix is not declared. */
export function namespaceIn(element: XmlElement, inside: Scope): string | undefined {
  const colon = element.name.indexOf(':');
  if (colon < 0) return inside.namespace;
  const prefix = element.name.slice(0, colon);
  // Prefixes are the peer's choice, and `constructor` is one. None stands for no namespace at all (section 2.2).
  return (Object.hasOwn(inside.prefixes, prefix) && inside.prefixes[prefix]) || undefined;
}

/** The namespace of an element that stands by itself in a stanza, as the payload of a stanza does. */
export const namespaceOf = (element: XmlElement): string | undefined =>
  namespaceIn(element, enter(element, STANZA_SCOPE));
