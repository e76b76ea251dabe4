/*
 * Names of Namespaces in XML 1.0, sections 3 and 4, with the characters of XML 1.0, section 2.3. U+1680 and
 * U+FEFF, which that section allows, are left out: JavaScript takes them for white space, and so would the
 * reader behind `parse`.
 */
const START =
  'A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u167F\\u1681-\\u1FFF\\u200C\\u200D\\u2070-\\u218F' +
  '\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFEFE\\uFF00-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NC_NAME = `[${START}][${START}.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040-]*`;

/** Names of ASCII without a prefix, which are nearly all; what stands behind one decides whether it ends there. */
const PLAIN = /[A-Za-z_][A-Za-z0-9_.-]*/y;
const DEL = 0x7f;
const COLON = 0x3a;

const QUALIFIED = new RegExp(`(?:${NC_NAME}:)?${NC_NAME}`, 'uy');

/** The name, with or without a prefix, that begins at `at`; `''` when none does. */
export function nameAt(text: string, at: number): string {
  PLAIN.lastIndex = at;
  const plain = PLAIN.exec(text)?.[0];
  if (plain !== undefined) {
    const next = text.charCodeAt(at + plain.length);
    if (next !== COLON && !(next > DEL)) return plain;
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
