import { prefixOf, shown } from './names.js';
import { decode } from './references.js';

/** Prefixes declared at one place, inherited ones counted. Work per element grows with them. */
const MOST_PREFIXES = 64;

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/** Prefixes and the namespaces that they stand for. */
export type Prefixes = ReadonlyMap<string, string>;

/** What is in force around a text: the one prefix that needs no declaration. */
export const OUTERMOST: Prefixes = new Map([['xml', XML_NAMESPACE]]);

/** An attribute as it stands in the text, its references not decoded. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** The prefixes in force inside an element with these attributes, or the reason why they cannot be. */
export function declare(attributes: readonly Attribute[], outer: Prefixes): Prefixes | string {
  let prefixes: Map<string, string> | undefined;
  for (const { name, value } of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    const namespace = decode(value);
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
export function namespaceFault(
  name: string,
  attributes: readonly Attribute[],
  prefixes: Prefixes,
): string | undefined {
  const prefix = prefixOf(name);
  if (prefix !== undefined && !prefixes.has(prefix)) return `the undeclared prefix "${shown(prefix)}"`;
  let expanded: Set<string> | undefined;
  for (const attribute of attributes) {
    const own = prefixOf(attribute.name);
    if (own === undefined || own === 'xmlns') continue;
    expanded ??= new Set();
    const namespace = prefixes.get(own);
    if (namespace === undefined) return `the undeclared prefix "${shown(own)}"`;
    const full = `${attribute.name.slice(own.length + 1)} ${namespace}`;
    if (expanded.has(full)) return `the attribute "${shown(attribute.name)}" twice under different prefixes`;
    expanded.add(full);
  }
  return undefined;
}
