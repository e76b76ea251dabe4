import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type XmlElement, type XmlNode, xml } from './element.js';
import { parse } from './parse.js';
import { serialise } from './serialise.js';

/** Characters of XML 1.0, section 2.2, those that need escaping more often than chance would have it. */
const character = fc.oneof(
  fc.constantFrom('&', '<', '>', '"', "'", '\t', '\n', '\r', ' ', ']', ';', '#', '\x7F', '\x85', '\u2028'),
  fc.integer({ min: 0x20, max: 0xd7ff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0xe000, max: 0xfffd }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x10000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
);
const text = fc.oneof(
  fc.string({ unit: character, maxLength: 20 }),
  fc.constantFrom(
    ']]>',
    '<![CDATA[x]]>',
    '<!-- x -->',
    '&amp;',
    '&#10;',
    '<?x?>',
    '</a>',
    'true',
    '0x10',
    ' 1 ',
  ),
);
const name = fc.oneof(
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9._-]{0,8}$/),
  fc.constantFrom('ключ', 'toString', 'constructor', 'prototype', 'hasOwnProperty', 'é', '𐀀'),
);
const attributes = fc
  .tuple(
    fc.dictionary(name, text, { maxKeys: 4, noNullPrototype: true }),
    fc.option(fc.constantFrom('', 'u', 'v&w')),
  )
  .map(([attrs, xmlns]) => (xmlns === null ? attrs : { ...attrs, xmlns }));

const { element } = fc.letrec<{ element: XmlElement; node: XmlNode }>((tie) => ({
  node: fc.oneof({ maxDepth: 6 }, text, tie('element')),
  element: fc
    .tuple(name, attributes, fc.array(tie('node'), { maxLength: 5 }))
    .map(([own, attrs, children]) => ({ name: own, attrs, children })),
}));

/** The tree as a parser has to give it back: texts joined, none of them empty, no `xmlns` that says nothing. */
function normal(tree: XmlElement, outer = ''): XmlElement {
  const namespace = tree.attrs.xmlns ?? outer;
  const children: XmlNode[] = [];
  for (const child of tree.children) {
    const last = children.at(-1);
    if (typeof child !== 'string') children.push(normal(child, namespace));
    else if (typeof last === 'string') children[children.length - 1] = last + child;
    else if (child !== '') children.push(child);
  }
  const { xmlns, ...others } = tree.attrs;
  return { name: tree.name, attrs: xmlns === outer ? others : tree.attrs, children };
}

it('what serialise writes, parse reads as the same tree', () => {
  fc.assert(
    fc.property(element, (tree) => {
      expect(parse(serialise(tree))).toEqual({ ok: true, value: normal(tree) });
    }),
    { numRuns: 500 },
  );
});

it('text with any code units becomes text that parse reads', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.integer({ max: 0xffff }).map((code) => String.fromCharCode(code)) }),
      (any) => {
        expect(parse(serialise(xml('a', { b: any }, [any]))).ok).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

it('parse returns a result for any text of markup', () => {
  const piece = fc.constantFrom(
    ...['<', '>', '/', '&', ';', '#', '=', "'", '"', ' ', 'a', 'b', ':', 'xmlns', '<a>', '</a>', '<a', '/>'],
    ...[
      "b=''",
      '&lt;',
      '&#1',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?',
      '?>',
      '<!DOCTYPE',
      '\n',
      '\0',
      '\uD800',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const result = parse(pieces.join(''));
      if (result.ok) expect(parse(serialise(result.value))).toEqual(result);
      else expect(result.error.reason).not.toBe('');
    }),
    { numRuns: 2000 },
  );
});
