import { describe, expect, it } from 'vitest';
import { type XmlElement, xml } from './element.js';
import { escapeAttribute, escapedLength, escapeText, serialise } from './serialise.js';

describe('serialise', () => {
  it.each<[label: string, tree: XmlElement, around: string | undefined, text: string]>([
    ['an empty element', xml('a'), undefined, '<a/>'],
    ['an empty text', xml('a', {}, ['']), undefined, '<a></a>'],
    ['attributes in their order', xml('a', { z: '1', b: '2' }), undefined, "<a z='1' b='2'/>"],
    ['attributes without a value', { name: 'a', attrs: { b: undefined }, children: [] }, undefined, '<a/>'],
    ['mixed content', xml('a', {}, ['x', xml('b'), 'y', 'z']), undefined, '<a>x<b/>yz</a>'],
    [
      'siblings after a deep child',
      xml('a', {}, [xml('b', {}, [xml('c', {}, ['x'])]), xml('d')]),
      undefined,
      '<a><b><c>x</c></b><d/></a>',
    ],
    ['a namespace', xml('a', { xmlns: 'u' }), undefined, "<a xmlns='u'/>"],
    ['the namespace around', xml('a', { xmlns: 'u' }), 'u', '<a/>'],
    ['another namespace than the one around', xml('a', { xmlns: 'u' }), 'v', "<a xmlns='u'/>"],
    ['no namespace inside of one', xml('a', { xmlns: '' }), 'u', "<a xmlns=''/>"],
    ['no namespace inside of none', xml('a', { xmlns: '' }), undefined, '<a/>'],
    [
      'the namespace of the parent',
      xml('a', { xmlns: 'u' }, [xml('b', { xmlns: 'u' })]),
      undefined,
      "<a xmlns='u'><b/></a>",
    ],
    [
      'the namespace from further up',
      xml('a', {}, [xml('b', {}, [xml('c', { xmlns: 'u' })])]),
      'u',
      '<a><b><c/></b></a>',
    ],
    [
      'a namespace that is in force again',
      xml('a', { xmlns: 'u' }, [
        xml('b', { xmlns: 'v' }, [xml('c', { xmlns: 'u' })]),
        xml('d', { xmlns: 'u' }),
      ]),
      'u',
      "<a><b xmlns='v'><c xmlns='u'/></b><d/></a>",
    ],
    [
      'prefixes as they are',
      xml('p:a', { 'xmlns:p': 'u' }, [xml('p:b')]),
      'u',
      "<p:a xmlns:p='u'><p:b/></p:a>",
    ],
    ['text that needs escaping', xml('a', {}, ['<&>"\'']), undefined, '<a>&lt;&amp;&gt;"\'</a>'],
    [
      'a value that needs escaping',
      xml('a', { b: '<&>"\'' }),
      undefined,
      "<a b='&lt;&amp;&gt;&quot;&apos;'/>",
    ],
  ])('writes %s', (_label, tree, around, text) => {
    expect(serialise(tree, around)).toBe(text);
  });

  it('writes 100,000 levels', () => {
    let tree = xml('a', {}, ['x']);
    for (let level = 1; level < 100_000; level += 1) tree = xml('a', {}, [tree]);
    expect(serialise(tree)).toBe(`${'<a>'.repeat(100_000)}x${'</a>'.repeat(100_000)}`);
  });
});

const KEPT = 'Привет, 世界 😀 \x7F\x85\u00A0\u2028\uFFFD\uE000';

describe.each([
  ['escapeText', escapeText],
  ['escapeAttribute', escapeAttribute],
])('%s', (_name, escaping) => {
  it.each([
    ['', ''],
    ['plain', 'plain'],
    [KEPT, KEPT],
    [`${KEPT}&`, `${KEPT}&amp;`],
    ['&amp;', '&amp;amp;'],
    [']]>', ']]&gt;'],
    ['<b>', '&lt;b&gt;'],
    ['a\rb', 'a&#xD;b'],
    ['a\0b\x08\x0B\x0C\x0E\x1Fc', 'abc'],
    ['a\uFFFEb\uFFFF', 'ab'],
    ['a\uD83Db', 'ab'],
    ['a\uDE00b', 'ab'],
    ['\uDE00\uD83D', ''],
    ['\uD83D😀\uDE00', '😀'],
  ])('%j', (text, escaped) => {
    expect(escaping(text)).toBe(escaped);
  });
});

it('escapes quotes, tabs and line feeds in values only', () => {
  expect(escapeText('"\'\t\n')).toBe('"\'\t\n');
  expect(escapeAttribute('"\'\t\n')).toBe('&quot;&apos;&#x9;&#xA;');
});

describe('escapedLength', () => {
  it.each([
    ['', 0],
    ['plain', 5],
    ['&', 5],
    ['<', 4],
    ['>', 4],
    ['"', 6],
    ["'", 6],
    ['Привет', 6],
    ['😀', 1],
    ['👩‍💻', 3],
    ['a\nb\tc', 5],
    ['\r\n', 2],
    ['a\0b\uD83D', 2],
    ['Tom & "Jerry" 😀 <3', 35],
  ])('%j', (text, length) => {
    expect(escapedLength(text)).toBe(length);
  });
});
