/*
 * Names of Namespaces in XML 1.0, sections 3 and 4, with the characters of XML 1.0, section 2.3. U+1680 and
 * U+FEFF, which that section allows, are left out: JavaScript takes them for white space, and so do expressions
 * that look for the end of a name by `\s`.
 */
const START =
  'A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u167F\\u1681-\\u1FFF\\u200C\\u200D\\u2070-\\u218F' +
  '\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFEFE\\uFF00-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NC_NAME = `[${START}][${START}.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040-]*`;
const QUALIFIED = new RegExp(`(?:${NC_NAME}:)?${NC_NAME}`, 'uy');

const DEL = 0x7f;
const COLON = 0x3a;

/** A letter of ASCII or `_`. */
const begins = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;

/** One of those, a digit, `-` or `.`. */
const continues = (code: number): boolean =>
  begins(code) || (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e;

/**
 * The name, with or without a prefix, that begins at `at`; `''` when none does. Nearly all names are ASCII without a
 * prefix, and found without an expression, which takes five times as long.
 */
export function nameAt(text: string, at: number): string {
  if (begins(text.charCodeAt(at))) {
    let end = at + 1;
    while (continues(text.charCodeAt(end))) end += 1;
    // What stands behind it decides whether it ends there.
    const next = text.charCodeAt(end);
    if (next !== COLON && !(next > DEL)) return text.slice(at, end);
  }
  QUALIFIED.lastIndex = at;
  return QUALIFIED.exec(text)?.[0] ?? '';
}

/** The prefix of a name, `undefined` when it has none. */
export function prefixOf(name: string): string | undefined {
  const colon = name.indexOf(':');
  return colon < 0 ? undefined : name.slice(0, colon);
}

/** A name from the network as it may stand in a reason: not at any length. */
export function shown(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}...` : name;
}
