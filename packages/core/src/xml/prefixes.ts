import type { XmlElement } from './element.js';
import { prefixOf, shown } from './names.js';

/** Prefixes declared at one place, inherited ones counted. Work per element grows with them. */
const MOST_PREFIXES = 64;

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/** Prefixes and the namespaces that they stand for. */
export type Prefixes = ReadonlyMap<string, string>;

type Attributes = XmlElement['attrs'];

/** What is in force around a text: the one prefix that needs no declaration. */
export const OUTERMOST: Prefixes = new Map([['xml', XML_NAMESPACE]]);

/**
 * The prefixes in force inside an element, or the reason why they, or those that it uses, cannot be. (Prefixes are no
 * text: nothing has to be made to tell one from the other.)
 */
export function prefixesInside(name: string, attributes: Attributes, outer: Prefixes): Prefixes | string {
  const prefixes = declare(attributes, outer);
  if (typeof prefixes === 'string') return prefixes;
  return namespaceFault(name, attributes, prefixes) ?? prefixes;
}

function declare(attributes: Attributes, outer: Prefixes): Prefixes | string {
  let prefixes: Map<string, string> | undefined;
  for (const name in attributes) {
    const namespace = attributes[name];
    if (namespace === undefined || (name !== 'xmlns' && !name.startsWith('xmlns:'))) continue;
    const prefix = name.slice(6);
    const taken = namespace === XMLNS_NAMESPACE || (namespace === XML_NAMESPACE) !== (prefix === 'xml');
    if (taken || prefix === 'xmlns') return `"${shown(name)}" declared as a reserved namespace`;
    if (prefix === '') continue;
    if (namespace === '') return `"${shown(name)}" declared as no namespace`;
    prefixes ??= new Map(outer);
    prefixes.set(prefix, namespace);
    if (prefixes.size > MOST_PREFIXES) return `more than ${MOST_PREFIXES} namespace prefixes`;
  }
  return prefixes ?? outer;
}

/** Namespaces in XML 1.0, sections 5 and 6.3: every prefix is declared, no attribute stands twice. */
function namespaceFault(name: string, attributes: Attributes, prefixes: Prefixes): string | undefined {
  const prefix = prefixOf(name);
  if (prefix !== undefined && !prefixes.has(prefix)) return `the undeclared prefix "${shown(prefix)}"`;
  let expanded: Set<string> | undefined;
  for (const attribute in attributes) {
    const own = prefixOf(attribute);
    if (own === undefined || own === 'xmlns') continue;
    expanded ??= new Set();
    const namespace = prefixes.get(own);
    if (namespace === undefined) return `the undeclared prefix "${shown(own)}"`;
    const full = `${attribute.slice(own.length + 1)} ${namespace}`;
    if (expanded.has(full)) return `the attribute "${shown(attribute)}" twice under different prefixes`;
    expanded.add(full);
  }
  return undefined;
}
