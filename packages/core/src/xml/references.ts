const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

const REFERENCE = /&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([^\s;&<>#]{1,64}));/y;
const REFERENCES = new RegExp(REFERENCE, 'g');

/** `Char` of XML 1.0, section 2.2. */
const CHARACTER = /^[\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]$/u;

/**
 * What is wrong with the first bad reference in a text, or `undefined`. Bad are an `&` that begins none,
 * entities other than the five of XML (RFC 6120, section 11.1, leaves no way to declare any), and numbers of
 * characters that XML does not allow (XML 1.0, section 4.1).
 */
export function badReference(text: string): string | undefined {
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', REFERENCE.lastIndex)) {
    REFERENCE.lastIndex = at;
    const match = REFERENCE.exec(text);
    if (match === null) return 'an "&" that begins no reference';
    const [whole, hexadecimal, decimal, name] = match;
    if (meaning(hexadecimal, decimal, name) === undefined) {
      return `the reference "${whole.slice(0, 40)}", which stands for nothing`;
    }
  }
  return undefined;
}

/** The text with the characters that its references stand for. Bad references stay as they are. */
export function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    REFERENCES,
    (whole: string, hexadecimal?: string, decimal?: string, name?: string) =>
      meaning(hexadecimal, decimal, name) ?? whole,
  );
}

function meaning(hexadecimal?: string, decimal?: string, name?: string): string | undefined {
  if (name !== undefined) return PREDEFINED.get(name);
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  if (!(code <= 0x10ffff)) return undefined;
  const character = String.fromCodePoint(code);
  return CHARACTER.test(character) ? character : undefined;
}
