import { failure, ok, type Result } from '../result.js';
import { CDATA, cdataFault, type Reading, textFault } from './character-data.js';
import { afterSpace, illegalCharacter } from './characters.js';
import type { XmlElement } from './element.js';
import { nameAt, shown } from './names.js';
import { OUTERMOST, prefixesInside } from './prefixes.js';
import { attributesFault } from './start-tag.js';

/** How {@link parse} reads. */
export interface ParseOptions {
  /** The longest text that is looked at, in UTF-16 units; 1 MiB unless told otherwise. */
  readonly maxLength?: number;
}

const MAX_LENGTH = 1_048_576;

/** Elements inside each other, the outermost counted. */
const DEEPEST = 64;

const BANG = 0x21;
const SLASH = 0x2f;
const GREATER = 0x3e;
const QUESTION = 0x3f;

/**
 * Reads one element with everything in it, as XMPP allows it on a stream (RFC 6120, section 11): what is not
 * well-formed (XML 1.0) or not namespace-well-formed (Namespaces in XML 1.0) is refused, and so are comments,
 * processing instructions (an XML declaration too), document types, entities other than the five of XML, undeclared
 * prefixes, more than 64 levels, more than 64 attributes on an element and more than 64 prefixes in force. References
 * and CDATA sections become text, neighbouring texts one. White space around the element is ignored. Never throws. One
 * pass; the time it takes grows with the length of the text and nothing else.
 */
export function parse(text: string, { maxLength = MAX_LENGTH }: ParseOptions = {}): Result<XmlElement> {
  if (text.length > maxLength) return failure('', `more than ${maxLength} characters`);
  const reading: Reading = { text, at: 0, open: [], root: undefined };
  const reason = illegalCharacter(text) ?? faultIn(reading);
  if (reason !== undefined) {
    return failure(reading.open.map(({ element }) => shown(element.name)).join('/'), reason);
  }
  return reading.root === undefined ? failure('', 'no element') : ok(reading.root);
}

function faultIn(reading: Reading): string | undefined {
  const { text } = reading;
  while (reading.at < text.length) {
    const found = text.indexOf('<', reading.at);
    const end = found < 0 ? text.length : found;
    const reason = end > reading.at ? textFault(reading, end) : undefined;
    if (reason !== undefined) return reason;
    if (found >= 0) {
      const markup = markupFault(reading);
      if (markup !== undefined) return markup;
    }
  }
  const last = reading.open.at(-1);
  return last === undefined ? undefined : `<${shown(last.element.name)}> is not closed`;
}

function markupFault(reading: Reading): string | undefined {
  const { text, at } = reading;
  switch (text.charCodeAt(at + 1)) {
    case SLASH:
      return endTagFault(reading);
    case QUESTION:
      return text.startsWith('<?xml ', at) ? 'an XML declaration' : 'a processing instruction';
    case BANG:
      if (text.startsWith(CDATA, at)) return cdataFault(reading);
      if (text.startsWith('<!--', at)) return 'a comment';
      return text.startsWith('<!DOCTYPE', at) ? 'a document type declaration' : 'a declaration';
    default:
      return startTagFault(reading);
  }
}

function endTagFault(reading: Reading): string | undefined {
  const { text, at, open } = reading;
  const name = nameAt(text, at + 2);
  const end = afterSpace(text, at + 2 + name.length);
  if (name === '' || text.charCodeAt(end) !== GREATER) return 'a malformed end tag';
  const last = open.at(-1);
  if (last === undefined) return `</${shown(name)}> without a start tag`;
  const { name: expected } = last.element;
  if (expected !== name) return `</${shown(name)}> where <${shown(expected)}> is open`;
  open.pop();
  reading.at = end + 1;
  return undefined;
}

function startTagFault(reading: Reading): string | undefined {
  const { text, open, root } = reading;
  const outer = open.at(-1);
  if (outer === undefined && root !== undefined) return 'a second element';
  if (open.length === DEEPEST) return `more than ${DEEPEST} levels`;
  const name = nameAt(text, reading.at + 1);
  if (name === '') return 'a "<" that begins no tag';
  reading.at += 1 + name.length;
  const attrs: Record<string, string> = {};
  const reason = attributesFault(reading, attrs);
  if (reason !== undefined) return `${reason} in <${shown(name)}>`;
  const prefixes = prefixesInside(name, attrs, outer?.prefixes ?? OUTERMOST);
  if (typeof prefixes === 'string') return `${prefixes} in <${shown(name)}>`;
  const element = { name, attrs, children: [] };
  if (outer === undefined) reading.root = element;
  else outer.element.children.push(element);
  if (text.charCodeAt(reading.at) === SLASH) reading.at += 2;
  else {
    reading.at += 1;
    open.push({ element, prefixes });
  }
  return undefined;
}
