import type { XmlElement, XmlNode } from './element.js';

/**
 * What in text cannot stand for itself: markup, CR (a parser would turn it into a line feed), and what the
 * `Char` production of XML 1.0 (section 2.2) leaves out, lone surrogates included.
 */
const TEXT_SPECIALS = /[^\t\n\x20-%'-;=?-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** The same for attribute values, where a parser would also turn tabs and line feeds into spaces. */
const ATTRIBUTE_SPECIALS = /[^\x20!#-%(-;=?-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * The same without the `u` flag, which is five times as fast and enough for texts without surrogates. They also
 * find surrogates that are in order, and then the slower ones decide.
 */
const TEXT_SUSPECT = /[^\t\n\x20-%'-;=?-\uD7FF\uE000-\uFFFD]/;
const ATTRIBUTE_SUSPECT = /[^\x20!#-%(-;=?-\uD7FF\uE000-\uFFFD]/;
const TEXT_SUSPECTS = new RegExp(TEXT_SUSPECT, 'g');
const ATTRIBUTE_SUSPECTS = new RegExp(ATTRIBUTE_SUSPECT, 'g');
const SURROGATE = /[\uD800-\uDFFF]/;

const REFERENCES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
  ['\t', '&#x9;'],
  ['\n', '&#xA;'],
  ['\r', '&#xD;'],
]);

const ESCAPED_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['&', 5],
  ['<', 4],
  ['>', 4],
  ['"', 6],
  ["'", 6],
]);

/** What is not in the map is a character that XML has no way to write: it goes. */
const reference = (character: string): string => REFERENCES.get(character) ?? '';

const keepMarkup = (character: string): string => (REFERENCES.has(character) ? character : '');

/**
 * Text as it stands between two tags (XML 1.0, section 2.4). Characters that XML cannot carry (most
 * control characters, lone surrogates, U+FFFE and U+FFFF) are dropped.
 */
export function escapeText(text: string): string {
  if (!TEXT_SUSPECT.test(text)) return text;
  return text.replace(SURROGATE.test(text) ? TEXT_SPECIALS : TEXT_SUSPECTS, reference);
}

/**
 * Text as it stands in an attribute value, in either kind of quotes. Tabs and line ends become references,
 * so that they survive the normalisation of XML 1.0, section 3.3.3. Characters that XML cannot carry are
 * dropped, as in {@link escapeText}.
 */
export function escapeAttribute(text: string): string {
  if (!ATTRIBUTE_SUSPECT.test(text)) return text;
  return text.replace(SURROGATE.test(text) ? ATTRIBUTE_SPECIALS : ATTRIBUTE_SUSPECTS, reference);
}

/**
 * The length of `text` as the `begin` and `end` of references count it: Unicode code points of the escaped
 * text, where `&` counts 5, `<` and `>` count 4, `"` and `'` count 6 and every other character 1.
 * Characters that are dropped on sending count nothing. (Xabber groups: message references.)
 */
export function escapedLength(text: string): number {
  let length = 0;
  for (const character of TEXT_SUSPECT.test(text) ? text.replace(TEXT_SPECIALS, keepMarkup) : text) {
    length += ESCAPED_LENGTHS.get(character) ?? 1;
  }
  return length;
}

/** An element that is being written: its children from `next` on are still to come. */
interface Open {
  readonly name: string;
  readonly children: readonly XmlNode[];
  /** The default namespace inside the element. */
  readonly namespace: string;
  next: number;
}

/**
 * An element as text, without white space of its own. `namespace` is the default namespace that is in force
 * where the text will stand: an `xmlns` that would only repeat what is in force is left out. Names are
 * written as they are; characters that XML cannot carry are dropped from text and values. The depth is
 * bound by memory only, not by the stack.
 */
export function serialise(element: XmlElement, namespace = ''): string {
  let out = startTag(element, namespace);
  if (element.children.length === 0) return `${out}/>`;
  out += '>';
  const stack: Open[] = [];
  let open = opened(element, namespace);
  for (;;) {
    const child = open.children[open.next++];
    if (child === undefined) {
      out += `</${open.name}>`;
      const parent = stack.pop();
      if (parent === undefined) return out;
      open = parent;
    } else if (typeof child === 'string') {
      out += escapeText(child);
    } else {
      out += startTag(child, open.namespace);
      if (child.children.length === 0) {
        out += '/>';
      } else {
        out += '>';
        stack.push(open);
        open = opened(child, open.namespace);
      }
    }
  }
}

function opened(element: XmlElement, outer: string): Open {
  return {
    name: element.name,
    children: element.children,
    namespace: element.attrs.xmlns ?? outer,
    next: 0,
  };
}

/** The start tag up to, and without, its `>` or `/>`. */
function startTag(element: XmlElement, outer: string): string {
  let tag = `<${element.name}`;
  const { attrs } = element;
  for (const key in attrs) {
    const value = attrs[key];
    if (value === undefined || (key === 'xmlns' && value === outer)) continue;
    tag += ` ${key}='${escapeAttribute(value)}'`;
  }
  return tag;
}
