import { XMLParser } from 'fast-xml-parser';
import { failure, ok, type Result } from '../result.js';
import type { XmlElement, XmlNode } from './element.js';
import type { Attribute } from './prefixes.js';
import { decode } from './references.js';
import { checkText, type StartTag } from './well-formed.js';

/** How {@link parse} reads. */
export interface ParseOptions {
  /** The longest text that is looked at, in UTF-16 units; 1 MiB unless told otherwise. */
  readonly maxLength?: number;
}

const MAX_LENGTH = 1_048_576;

const CDATA = '#cdata';
const ELEMENT_MARK = '@';
const TEXT = '#text';

/**
 * Names get a mark in front, so that the library meets none that means something to JavaScript, such as
 * `__proto__`. It asks twice for empty elements.
 */
const mark = (name: string): string => (name.startsWith(ELEMENT_MARK) ? name : ELEMENT_MARK + name);

/** References are decoded here. Who is given no decoder makes one for each text. */
const NO_DECODER = {
  setExternalEntities: () => undefined,
  addInputEntities: () => undefined,
  reset: () => undefined,
  setXmlVersion: () => undefined,
  decode: (text: string) => text,
};

/**
 * The library reads leniently, so nothing gets here that `checkText` has not passed, which has read the attributes then,
 * too. References are decoded afterwards: the library knows the named ones only.
 */
const READER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  transformTagName: mark,
  textNodeName: TEXT,
  cdataPropName: CDATA,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  entityDecoder: NO_DECODER,
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
  const checked = checkText(text);
  if (!checked.ok) return checked;
  try {
    const tree: unknown = READER.parse(text);
    const tags = checked.value.values();
    const root = nodesOf(tree, tags).find((node) => typeof node !== 'string');
    return root === undefined || tags.next().done !== true ? failure('', 'no element') : ok(root);
  } catch (error) {
    return failure('', `the reader gave up: ${error instanceof Error ? error.message : String(error)}`);
  }
}

type Properties = Readonly<Record<string, unknown>>;
type Tags = Iterator<StartTag, undefined>;

function isProperties(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null;
}

/** The library's list of children as nodes, with neighbouring texts joined. */
function nodesOf(entries: unknown, tags: Tags): XmlNode[] {
  const nodes: XmlNode[] = [];
  let text = '';
  for (const entry of Array.isArray(entries) ? entries : []) {
    if (!isProperties(entry)) continue;
    // An entry has one property: the text, or the element named after it.
    for (const key in entry) {
      if (key === TEXT) text += decode(String(entry[key]));
      else if (key === CDATA) text += rawText(entry[key]);
      else {
        if (text !== '') nodes.push(text);
        text = '';
        const name = key.slice(ELEMENT_MARK.length);
        const tag = tags.next().value;
        if (tag?.name !== name) throw new Error('it found other elements than the check before it');
        nodes.push({ name, attrs: attrsOf(tag.attributes), children: nodesOf(entry[key], tags) });
      }
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

/** Attributes with their white space normalised as XML 1.0, sections 2.11 and 3.3.3, has it, and references decoded. */
function attrsOf(attributes: readonly Attribute[]): Record<string, string> {
  const attrs: Record<string, string> = {};
  for (const { name, value } of attributes) {
    const read = decode(/[\t\n\r]/.test(value) ? value.replace(/\r\n|[\t\n\r]/g, ' ') : value);
    // To assign to this name would set the prototype.
    if (name === '__proto__') Object.defineProperty(attrs, name, { ...OWN, value: read });
    else attrs[name] = read;
  }
  return attrs;
}

const OWN = { configurable: true, enumerable: true, writable: true } as const;
