import { failure, ok, type Result } from '../result.js';
import { nameAt, shown } from './names.js';
import { type Attribute, declare, namespaceFault, OUTERMOST, type Prefixes } from './prefixes.js';
import { badReference } from './references.js';

/** Elements inside each other, the outermost counted. */
const DEEPEST = 64;
const MOST_ATTRIBUTES = 64;

/** What `Char` of XML 1.0, section 2.2, leaves out. The first is fast, and also finds surrogates in order. */
const SUSPECT = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]/;
const ILLEGAL = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

const NOT_SPACE = /[^ \t\r\n]/;

interface Open {
  readonly name: string;
  readonly prefixes: Prefixes;
}

/** The start tag of an element, as it stands in the text. */
export interface StartTag {
  readonly name: string;
  readonly attributes: readonly Attribute[];
}

/** Where the scan has got to. Lives for one call. */
interface Scan {
  readonly text: string;
  at: number;
  readonly open: Open[];
  readonly tags: StartTag[];
}

/**
 * Checks a text, and returns its start tags in their order: what is checked has been read then, and need not be once more. Fails with the first reason why a text is not one element as XMPP has it: well-formed (XML 1.0),
 * namespace-well-formed (Namespaces in XML 1.0), without what RFC 6120, section 11.1, forbids (comments,
 * processing instructions, document types, entities), at most 64 levels deep. White space may stand around
 * the element. One pass; the time grows with the length of the text and nothing else.
 */
export function checkText(text: string): Result<readonly StartTag[]> {
  const scan: Scan = { text, at: 0, open: [], tags: [] };
  const reason = illegalCharacter(text) ?? faultIn(scan);
  return reason === undefined
    ? ok(scan.tags)
    : failure(scan.open.map(({ name }) => shown(name)).join('/'), reason);
}

function illegalCharacter(text: string): string | undefined {
  if (!SUSPECT.test(text)) return undefined;
  const found = ILLEGAL.exec(text)?.[0];
  if (found === undefined) return undefined;
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `the character U+${code}, which XML does not allow`;
}

function faultIn(scan: Scan): string | undefined {
  const { text } = scan;
  while (scan.at < text.length) {
    const found = text.indexOf('<', scan.at);
    const end = found < 0 ? text.length : found;
    const reason = textFault(scan, text.slice(scan.at, end));
    if (reason !== undefined) return reason;
    scan.at = end;
    if (found >= 0) {
      const markup = markupFault(scan);
      if (markup !== undefined) return markup;
    }
  }
  const last = scan.open.at(-1);
  if (last !== undefined) return `<${shown(last.name)}> is not closed`;
  return scan.tags.length > 0 ? undefined : 'no element';
}

function textFault(scan: Scan, run: string): string | undefined {
  if (scan.open.length === 0) return NOT_SPACE.test(run) ? 'text outside of the element' : undefined;
  if (run.includes(']]>')) return '"]]>" in text';
  return badReference(run);
}

function markupFault(scan: Scan): string | undefined {
  const { text, at } = scan;
  const next = text[at + 1];
  if (next === '/') return endTagFault(scan);
  if (next === '?') return text.startsWith('<?xml ', at) ? 'an XML declaration' : 'a processing instruction';
  if (next !== '!') return startTagFault(scan);
  if (text.startsWith('<![CDATA[', at)) return cdataFault(scan);
  if (text.startsWith('<!--', at)) return 'a comment';
  return text.startsWith('<!DOCTYPE', at) ? 'a document type declaration' : 'a declaration';
}

function cdataFault(scan: Scan): string | undefined {
  if (scan.open.length === 0) return 'text outside of the element';
  const end = scan.text.indexOf(']]>', scan.at);
  if (end < 0) return 'a CDATA section that does not end';
  scan.at = end + 3;
  return undefined;
}

function endTagFault(scan: Scan): string | undefined {
  const name = nameAt(scan.text, scan.at + 2);
  const end = afterSpace(scan.text, scan.at + 2 + name.length);
  if (name === '' || scan.text[end] !== '>') return 'a malformed end tag';
  const last = scan.open.at(-1);
  if (last === undefined) return `</${shown(name)}> without a start tag`;
  if (last.name !== name) return `</${shown(name)}> where <${shown(last.name)}> is open`;
  scan.open.pop();
  scan.at = end + 1;
  return undefined;
}

function startTagFault(scan: Scan): string | undefined {
  if (scan.tags.length > 0 && scan.open.length === 0) return 'a second element';
  if (scan.open.length === DEEPEST) return `more than ${DEEPEST} levels`;
  const name = nameAt(scan.text, scan.at + 1);
  if (name === '') return 'a "<" that begins no tag';
  scan.at += 1 + name.length;
  const attributes: Attribute[] = [];
  const reason = attributesFault(scan, attributes);
  if (reason !== undefined) return `${reason} in <${shown(name)}>`;
  const outer = scan.open.at(-1)?.prefixes ?? OUTERMOST;
  const prefixes = declare(attributes, outer);
  const fault = typeof prefixes === 'string' ? prefixes : namespaceFault(name, attributes, prefixes);
  if (fault !== undefined || typeof prefixes === 'string') return `${fault} in <${shown(name)}>`;
  scan.tags.push({ name, attributes });
  if (scan.text[scan.at] === '/') scan.at += 2;
  else {
    scan.at += 1;
    scan.open.push({ name, prefixes });
  }
  return undefined;
}

/** Reads attributes up to the `>` or `/>`, where `scan.at` stays. */
function attributesFault(scan: Scan, attributes: Attribute[]): string | undefined {
  const { text } = scan;
  for (;;) {
    const start = afterSpace(text, scan.at);
    const spaced = start > scan.at;
    scan.at = start;
    if (start >= text.length) return 'the text ends';
    if (text[start] === '>' || (text[start] === '/' && text[start + 1] === '>')) return undefined;
    const name = nameAt(text, start);
    if (name === '')
      return `"${shown(String.fromCodePoint(text.codePointAt(start) ?? 0))}" where a name was due`;
    if (!spaced) return `no white space before "${shown(name)}"`;
    // There are at most 64, and mostly two or three.
    if (attributes.some((one) => one.name === name)) return `the attribute "${shown(name)}" twice`;
    if (attributes.length === MOST_ATTRIBUTES) return `more than ${MOST_ATTRIBUTES} attributes`;
    scan.at = start + name.length;
    const reason = valueFault(scan, name, attributes);
    if (reason !== undefined) return reason;
  }
}

function valueFault(scan: Scan, name: string, attributes: Attribute[]): string | undefined {
  const { text } = scan;
  const equals = afterSpace(text, scan.at);
  if (text[equals] !== '=') return `the attribute "${shown(name)}" without a value`;
  const start = afterSpace(text, equals + 1);
  const quote = text[start];
  if (quote !== '"' && quote !== "'") return `the attribute "${shown(name)}" without quotes`;
  const end = text.indexOf(quote, start + 1);
  if (end < 0) return `the attribute "${shown(name)}" without a closing quote`;
  const value = text.slice(start + 1, end);
  if (value.includes('<')) return `"<" in the attribute "${shown(name)}"`;
  const reason = badReference(value);
  if (reason !== undefined) return reason;
  attributes.push({ name, value });
  scan.at = end + 1;
  return undefined;
}

function afterSpace(text: string, at: number): number {
  let next = at;
  while (isSpace(text.charCodeAt(next))) next += 1;
  return next;
}

/** Space, tab, line feed, carriage return; at the end of a text there is none of them. */
const isSpace = (code: number): boolean => code === 0x20 || code === 0x9 || code === 0xa || code === 0xd;
