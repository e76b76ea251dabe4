import { afterSpace } from './characters.js';
import { nameAt, shown } from './names.js';
import { badReference, decode } from './references.js';

const MOST_ATTRIBUTES = 64;

const SLASH = 0x2f;
const EQUALS = 0x3d;
const GREATER = 0x3e;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;

/** What in a value cannot be taken as it stands: most values have none of it. */
const SPECIAL = /[<&\t\n\r]/;

const OWN = { configurable: true, enumerable: true, writable: true } as const;

/** Where the reading of a text has got to. Lives for one call. */
export interface Scan {
  readonly text: string;
  at: number;
}

/**
 * Reads attributes up to the `>` or `/>`, where `scan.at` stays, into `attrs`; returns what is wrong with them (XML
 * 1.0, section 3.1).
 */
export function attributesFault(scan: Scan, attrs: Record<string, string>): string | undefined {
  const { text } = scan;
  for (let count = 0; ; count += 1) {
    const start = afterSpace(text, scan.at);
    const spaced = start > scan.at;
    scan.at = start;
    const code = text.charCodeAt(start);
    if (code === GREATER || (code === SLASH && text.charCodeAt(start + 1) === GREATER)) return undefined;
    if (start >= text.length) return 'the text ends';
    const name = nameAt(text, start);
    if (name === '')
      return `"${shown(String.fromCodePoint(text.codePointAt(start) ?? 0))}" where a name was due`;
    if (!spaced) return `no white space before "${shown(name)}"`;
    if (count > 0 && Object.hasOwn(attrs, name)) return `the attribute "${shown(name)}" twice`;
    if (count === MOST_ATTRIBUTES) return `more than ${MOST_ATTRIBUTES} attributes`;
    scan.at = start + name.length;
    const reason = valueFault(scan, name, attrs);
    if (reason !== undefined) return reason;
  }
}

function valueFault(scan: Scan, name: string, attrs: Record<string, string>): string | undefined {
  const { text } = scan;
  const equals = afterSpace(text, scan.at);
  if (text.charCodeAt(equals) !== EQUALS) return `the attribute "${shown(name)}" without a value`;
  const start = afterSpace(text, equals + 1);
  const quote = text.charCodeAt(start);
  if (quote !== QUOTE && quote !== APOSTROPHE) return `the attribute "${shown(name)}" without quotes`;
  const end = text.indexOf(quote === QUOTE ? '"' : "'", start + 1);
  if (end < 0) return `the attribute "${shown(name)}" without a closing quote`;
  const raw = text.slice(start + 1, end);
  scan.at = end + 1;
  if (!SPECIAL.test(raw)) {
    put(attrs, name, raw);
    return undefined;
  }
  if (raw.includes('<')) return `"<" in the attribute "${shown(name)}"`;
  // White space is normalised first (XML 1.0, sections 2.11 and 3.3.3): what references stand for stays.
  put(attrs, name, decode(raw.replace(/\r\n|[\t\n\r]/g, ' ')));
  return badReference(raw);
}

function put(attrs: Record<string, string>, name: string, value: string): void {
  // To assign to this name would set the prototype.
  if (name === '__proto__') Object.defineProperty(attrs, name, { ...OWN, value });
  else attrs[name] = value;
}
