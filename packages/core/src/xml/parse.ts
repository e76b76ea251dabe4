import { XMLParser } from 'fast-xml-parser';
import { err, failure, ok, type Result } from '../result.js';
import type { XmlElement, XmlNode } from './element.js';
import { decode } from './references.js';
import { findFault } from './well-formed.js';

/** How {@link parse} reads. */
export interface ParseOptions {
  /** The longest text that is looked at, in UTF-16 units; 1 MiB unless told otherwise. */
  readonly maxLength?: number;
}

const MAX_LENGTH = 1_048_576;

const ATTRIBUTES = ':@';
const ATTRIBUTE_MARK = '@_';
const CDATA = '#cdata';
const ELEMENT_MARK = '@';
const TEXT = '#text';

/**
 * Names get a mark in front, so that the library meets none that means something to JavaScript, such as
 * `__proto__`. It asks twice for empty elements.
 */
const mark = (name: string): string => (name.startsWith(ELEMENT_MARK) ? name : ELEMENT_MARK + name);

/**
 * The library reads leniently, so nothing gets here that `findFault` has not passed. References are decoded
 * afterwards: it knows the named ones only, and attributes need their white space normalised before.
 */
const READER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE_MARK,
  transformTagName: mark,
  textNodeName: TEXT,
  cdataPropName: CDATA,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  strictReservedNames: false,
  jPath: false,
});

/**
 * Reads one element with everything in it, as XMPP allows it on a stream (RFC 6120, section 11): what is not
 * well-formed is refused, and so are comments, processing instructions (an XML declaration too), document
 * types, entities other than the five of XML, undeclared prefixes, more than 64 levels, more than 64
 * attributes on an element and more than 64 prefixes in force. References and CDATA sections become text,
 * neighbouring texts one. White space around the element is ignored. Never throws; the time it takes grows
 * with the length of the text.
 */
export function parse(text: string, { maxLength = MAX_LENGTH }: ParseOptions = {}): Result<XmlElement> {
  if (text.length > maxLength) return failure('', `more than ${maxLength} characters`);
  const fault = findFault(text);
  if (fault !== undefined) return err(fault);
  try {
    const tree: unknown = READER.parse(text);
    const root = nodesOf(tree).find((node) => typeof node !== 'string');
    return root === undefined ? failure('', 'no element') : ok(root);
  } catch (error) {
    return failure('', `the reader gave up: ${error instanceof Error ? error.message : String(error)}`);
  }
}

type Properties = Readonly<Record<string, unknown>>;

function isProperties(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null;
}

/** The library's list of children as nodes, with neighbouring texts joined. */
function nodesOf(entries: unknown): XmlNode[] {
  const nodes: XmlNode[] = [];
  let text = '';
  for (const entry of Array.isArray(entries) ? entries : []) {
    if (!isProperties(entry)) continue;
    if (TEXT in entry) text += decode(String(entry[TEXT]));
    else if (CDATA in entry) text += rawText(entry[CDATA]);
    else {
      if (text !== '') nodes.push(text);
      text = '';
      nodes.push(elementOf(entry));
    }
  }
  if (text !== '') nodes.push(text);
  return nodes;
}

function rawText(entries: unknown): string {
  let text = '';
  for (const entry of Array.isArray(entries) ? entries : [])
    if (isProperties(entry)) text += String(entry[TEXT]);
  return text;
}

/** An entry has one property for the element, named after it, and one for its attributes. */
function elementOf(entry: Properties): XmlElement {
  const key = Object.keys(entry).find((name) => name !== ATTRIBUTES) ?? '';
  return {
    name: key.slice(ELEMENT_MARK.length),
    attrs: attributesOf(entry[ATTRIBUTES]),
    children: nodesOf(entry[key]),
  };
}

/** Attributes without the library's mark, their white space normalised as XML 1.0, section 3.3.3, has it. */
function attributesOf(marked: unknown): Record<string, string> {
  const attrs: [string, string][] = [];
  if (isProperties(marked)) {
    for (const [key, value] of Object.entries(marked)) {
      attrs.push([key.slice(ATTRIBUTE_MARK.length), decode(String(value).replace(/[\t\n]/g, ' '))]);
    }
  }
  return Object.fromEntries(attrs);
}
