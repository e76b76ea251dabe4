import type { XmlElement, XmlNode } from './element.js';
import type { Prefixes } from './prefixes.js';
import { badReference, decode } from './references.js';
import type { Scan } from './start-tag.js';

/** The beginning of a CDATA section (XML 1.0, section 2.7). */
export const CDATA = '<![CDATA[';
const CDATA_END = ']]>';

/** What in text cannot be taken as it stands: most texts have none of it. */
const SPECIAL = /[&>\r]/;
const NOT_SPACE = /[^ \t\r\n]/;

/** An element that is open while a text is read, and the prefixes in force inside it. */
export interface Open {
  readonly element: { readonly name: string; readonly children: XmlNode[] };
  readonly prefixes: Prefixes;
}

/** A text that is being read, and what came of it so far. */
export interface Reading extends Scan {
  readonly open: Open[];
  root: XmlElement | undefined;
}

/**
 * Reads text up to `end`, where the next tag begins or the whole ends, into the element that is open; returns what is
 * wrong with it (XML 1.0, section 2.4).
 */
export function textFault(reading: Reading, end: number): string | undefined {
  const run = reading.text.slice(reading.at, end);
  reading.at = end;
  const last = reading.open.at(-1);
  if (last === undefined) return NOT_SPACE.test(run) ? 'text outside of the element' : undefined;
  if (!SPECIAL.test(run)) {
    append(last, run);
    return undefined;
  }
  if (run.includes(CDATA_END)) return `"${CDATA_END}" in text`;
  append(last, decode(withLineFeeds(run)));
  return badReference(run);
}

function append({ element: { children } }: Open, text: string): void {
  const before = children.at(-1);
  if (typeof before === 'string') children[children.length - 1] = before + text;
  else if (text !== '') children.push(text);
}

/** XML 1.0, section 2.11. */
const withLineFeeds = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

/** Reads a CDATA section into the element that is open; returns what is wrong with it. */
export function cdataFault(reading: Reading): string | undefined {
  const last = reading.open.at(-1);
  if (last === undefined) return 'text outside of the element';
  const start = reading.at + CDATA.length;
  const end = reading.text.indexOf(CDATA_END, start);
  if (end < 0) return 'a CDATA section that does not end';
  append(last, withLineFeeds(reading.text.slice(start, end)));
  reading.at = end + CDATA_END.length;
  return undefined;
}
