import { describe, expect, it } from 'vitest';
import { type XmlElement, xml } from './element.js';
import { parse } from './parse.js';

const nested = (levels: number): string => '<a>'.repeat(levels) + '</a>'.repeat(levels);
const attributes = (count: number, name = 'a'): string =>
  Array.from({ length: count }, (_, index) => ` ${name}${index}=''`).join('');
const prefixes = (count: number, from: number): string =>
  Array.from({ length: count }, (_, index) => ` xmlns:p${from + index}='u'`).join('');

/** Malformed or hostile text, and a part of the reason why it is refused. */
const refused: readonly (readonly [label: string, text: string, reason: string])[] = [
  ['nothing', '', 'no element'],
  ['white space only', ' \n\t', 'no element'],
  ['text only', 'hello', 'text outside'],
  ['text before the element', 'x<a/>', 'text outside'],
  ['text after the element', '<a/>x', 'text outside'],
  ['a byte order mark', '\uFEFF<a/>', 'text outside'],
  ['a reference after the element', '<a/>&amp;', 'text outside'],
  ['a CDATA section after the element', '<a/><![CDATA[x]]>', 'text outside'],
  ['two elements', '<a/><b/>', 'a second element'],
  ['two elements with content', '<a>x</a> <b>y</b>', 'a second element'],
  ['mismatched tags', '<a></b>', '</b> where <a> is open'],
  ['tags that differ in case', '<a></A>', '</A> where <a> is open'],
  ['crossing tags', '<a><b></a></b>', '</a> where <b> is open'],
  ['prefixes that differ', "<p:a xmlns:p='u'></a>", '</a> where <p:a> is open'],
  ['an unclosed element', '<a>', '<a> is not closed'],
  ['an unclosed child', '<a><b></a>', '</a> where <b> is open'],
  ['an end tag alone', '</a>', '</a> without a start tag'],
  ['an end tag too many', '<a/></a>', '</a> without a start tag'],
  ['an end tag with an attribute', "<a></a b=''>", 'a malformed end tag'],
  ['an end tag without a name', '<a></>', 'a malformed end tag'],
  ['an end tag that does not end', '<a></a', 'a malformed end tag'],
  ['a start tag that does not end', '<a', 'the text ends in <a>'],
  ['a start tag that ends in a slash', '<a/', '"/" where a name was due'],
  ['a slash inside a tag', "<a / b='1'>", '"/" where a name was due'],
  ['a space between slash and bracket', '<a/ >', '"/" where a name was due'],
  ['a "<" at the end', '<a><', 'begins no tag'],
  ['a "<" in text', '<a>1 < 2</a>', 'begins no tag'],
  ['a "<" in a tag', '<a <b/>', '"<" where a name was due'],
  ['a name that begins with a digit', '<1a/>', 'begins no tag'],
  ['a name that begins with a hyphen', '<-a/>', 'begins no tag'],
  ['a name with a bad character', '<a$/>', '"$" where a name was due'],
  ['a name with white space of JavaScript', '<a\u1680b/>', '"\u1680" where a name was due'],
  ['a name with a byte order mark', '<a\uFEFFb/>', '"\uFEFF" where a name was due'],
  ['a name of a prefix only', "<p: xmlns:p='u'/>", '":" where a name was due'],
  ['a name of a colon and a local name', '<:a/>', 'begins no tag'],
  ['a name with two colons', "<p:q:a xmlns:p='u'/>", '":" where a name was due'],
  ['an attribute twice', "<a b='1' b='2'/>", 'the attribute "b" twice'],
  ['an attribute twice in one namespace', "<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>", 'different prefixes'],
  ['one namespace in two spellings', "<a xmlns:p='u' xmlns:q='&#117;' p:b='' q:b=''/>", 'different prefixes'],
  ['a namespace declared twice', "<a xmlns='u' xmlns='v'/>", 'the attribute "xmlns" twice'],
  ['an attribute without a value', '<a b/>', 'the attribute "b" without a value'],
  ['an attribute without quotes', '<a b=1/>', 'the attribute "b" without quotes'],
  ['an attribute without anything', '<a b=/>', 'the attribute "b" without quotes'],
  ['an attribute without a closing quote', "<a b='1/>", 'the attribute "b" without a closing quote'],
  ['an attribute with the other quote', `<a b='1"/>`, 'the attribute "b" without a closing quote'],
  ['a value without a name', "<a ='1'/>", '"=" where a name was due'],
  ['attributes without space between', "<a b='1'c='2'/>", 'no white space before "c"'],
  ['a "<" in a value', "<a b='<'/>", '"<" in the attribute "b"'],
  ['an "&" in a value', "<a b='&'/>", 'begins no reference in <a>'],
  ['an "&" in text', '<a>&</a>', 'begins no reference'],
  ['an "&" before a space', '<a>a & b;</a>', 'begins no reference'],
  ['a reference without its end', '<a>&amp</a>', 'begins no reference'],
  ['a reference across a tag', '<a>&am<b/>p;</a>', 'begins no reference'],
  ['an empty reference', '<a>&;</a>', 'begins no reference'],
  ['an entity of HTML', '<a>&nbsp;</a>', 'the reference "&nbsp;"'],
  ['an entity in upper case', '<a>&AMP;</a>', 'the reference "&AMP;"'],
  ['an entity named like a property', '<a>&constructor;</a>', 'the reference "&constructor;"'],
  ['an undeclared entity in a value', "<a b='&foo;'/>", 'the reference "&foo;"'],
  ['a numeric reference without digits', '<a>&#;</a>', 'begins no reference'],
  ['a hexadecimal reference without digits', '<a>&#x;</a>', 'begins no reference'],
  ['a hexadecimal reference in upper case', '<a>&#X41;</a>', 'begins no reference'],
  ['letters in a decimal reference', '<a>&#6a;</a>', 'begins no reference'],
  ['a reference to NUL', '<a>&#0;</a>', 'the reference "&#0;"'],
  ['a reference to a control character', '<a>&#x1F;</a>', 'the reference "&#x1F;"'],
  ['a reference to a surrogate', '<a>&#xD83D;&#xDE00;</a>', 'the reference "&#xD83D;"'],
  ['a reference to U+FFFE', '<a>&#xFFFE;</a>', 'the reference "&#xFFFE;"'],
  ['a reference beyond Unicode', '<a>&#x110000;</a>', 'the reference "&#x110000;"'],
  ['a reference beyond all numbers', `<a>&#${'9'.repeat(400)};</a>`, 'stands for nothing'],
  ['NUL', '<a>\0</a>', 'U+0000'],
  ['a control character in text', '<a>\x1B[0m</a>', 'U+001B'],
  ['a control character in a value', "<a b='\x08'/>", 'U+0008'],
  ['a high surrogate alone', '<a>\uD83D</a>', 'U+D83D'],
  ['a low surrogate alone', '<a>\uDE00</a>', 'U+DE00'],
  ['surrogates in the wrong order', '<a>\uDE00\uD83D</a>', 'U+DE00'],
  ['U+FFFF', '<a>\uFFFF</a>', 'U+FFFF'],
  ['"]]>" in text', '<a>]]></a>', '"]]>" in text'],
  ['a CDATA section that does not end', '<a><![CDATA[x</a>', 'does not end'],
  ['a CDATA section in lower case', '<a><![cdata[x]]></a>', 'a declaration'],
  ['a comment', '<a><!-- x --></a>', 'a comment'],
  ['a comment before the element', '<!-- x --><a/>', 'a comment'],
  ['a processing instruction', '<a><?php x ?></a>', 'a processing instruction'],
  ['a stylesheet', "<?xml-stylesheet href='x'?><a/>", 'a processing instruction'],
  ['an XML declaration', "<?xml version='1.0'?><a/>", 'an XML declaration'],
  ['a document type', '<!DOCTYPE a><a/>', 'a document type declaration'],
  ['an entity that is declared', "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", 'a document type declaration'],
  [
    'entities that multiply',
    "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'>]><a>&c;</a>",
    'a document type declaration',
  ],
  ['an external entity', "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///x'>]><a>&x;</a>", 'document type'],
  ['a document type inside', '<a><!DOCTYPE a></a>', 'a document type declaration'],
  ['another declaration', '<a><!ELEMENT a ANY></a>', 'a declaration'],
  ['an undeclared prefix of an element', '<p:a/>', 'the undeclared prefix "p" in <p:a>'],
  ['an undeclared prefix of an attribute', "<a p:b=''/>", 'the undeclared prefix "p"'],
  ['a prefix that is not in force any more', "<a><b xmlns:p='u'/><p:c/></a>", 'the undeclared prefix "p"'],
  ['a prefix named like a property', '<constructor:a/>', 'the undeclared prefix "constructor"'],
  ['the prefix of declarations on an element', '<xmlns:a/>', 'the undeclared prefix "xmlns"'],
  ['a prefix declared as nothing', "<a xmlns:p=''/>", '"xmlns:p" declared as no namespace'],
  ['the prefix xmlns declared', "<a xmlns:xmlns='u'/>", 'declared as a reserved namespace'],
  ['the prefix xml declared as another', "<a xmlns:xml='u'/>", 'declared as a reserved namespace'],
  [
    'the namespace of xml under another prefix',
    "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
    'declared as a reserved namespace',
  ],
  [
    'the namespace of xmlns as the default',
    "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
    'declared as a reserved namespace',
  ],
  ['65 levels', nested(65), 'more than 64 levels'],
  ['65 levels, the last one empty', `${'<a>'.repeat(64)}<b/>${'</a>'.repeat(64)}`, 'more than 64 levels'],
  ['65 attributes', `<a${attributes(65)}/>`, 'more than 64 attributes'],
  ['65 prefixes', `<a${prefixes(40, 0)}><b${prefixes(24, 40)}/></a>`, 'more than 64 namespace prefixes'],
];

/** What would take a reader long that goes back and forth: a mebibyte of each. */
const MEBIBYTE = 1_048_576;
const hostile: readonly (readonly [label: string, text: string, reason: string])[] = [
  ['opening brackets', '<'.repeat(MEBIBYTE), 'begins no tag'],
  ['ampersands', `<a>${'&'.repeat(MEBIBYTE - 7)}</a>`, 'begins no reference'],
  ['attributes', `<a${attributes(90_000)}/>`, 'more than 64 attributes'],
  ['one attribute', `<a ${"b='".repeat(300_000)}`, 'no white space before "b"'],
  ['start tags', '<a>'.repeat(300_000), 'more than 64 levels'],
  ['beginnings of CDATA sections', `<a>${'<![CDATA['.repeat(110_000)}`, 'does not end'],
  ['a quote without its end', `<a b='${'x'.repeat(MEBIBYTE - 6)}`, 'without a closing quote'],
  ['white space in a tag', `<a ${' '.repeat(MEBIBYTE - 3)}`, 'the text ends'],
];

describe('parse refuses', () => {
  it.each(refused)('%s', (_label, text, reason) => {
    expect(parse(text)).toEqual({
      ok: false,
      error: { path: expect.any(String), reason: expect.stringContaining(reason) },
    });
  });

  it.each(hostile)('a mebibyte of %s', (_label, text, reason) => {
    expect(parse(text)).toEqual({
      ok: false,
      error: { path: expect.any(String), reason: expect.stringContaining(reason) },
    });
  });

  it('tells where in the tree', () => {
    expect(parse('<message><body>&nbsp;</body></message>')).toEqual({
      ok: false,
      error: { path: 'message/body', reason: 'the reference "&nbsp;", which stands for nothing' },
    });
  });

  it('does not repeat a long name', () => {
    const result = parse(`<${'a'.repeat(1000)}>&</x>`);
    expect(result).toEqual({
      ok: false,
      error: { path: `${'a'.repeat(40)}...`, reason: expect.any(String) },
    });
  });

  it('text above the limit, which counts UTF-16 units', () => {
    expect(parse('<a>😀</a>', { maxLength: 9 })).toEqual({ ok: true, value: xml('a', {}, ['😀']) });
    expect(parse('<a>😀</a>', { maxLength: 8 })).toEqual({
      ok: false,
      error: { path: '', reason: 'more than 8 characters' },
    });
  });

  it('more than a mebibyte unless told otherwise', () => {
    const text = `<a>${'x'.repeat(MEBIBYTE - 7)}</a>`;
    expect(parse(text)).toEqual({ ok: true, value: xml('a', {}, ['x'.repeat(MEBIBYTE - 7)]) });
    expect(parse(` ${text}`).ok).toBe(false);
  });
});

const accepted: readonly (readonly [label: string, text: string, tree: XmlElement])[] = [
  ['an empty element', '<a/>', xml('a')],
  ['an empty element with both tags', '<a></a>', xml('a')],
  ['white space around the element', ' \r\n<a/>\t', xml('a')],
  ['white space in tags', "<a\n b = '1'\t></a >", xml('a', { b: '1' })],
  ['both kinds of quotes', `<a b='"' c="'"/>`, xml('a', { b: '"', c: "'" })],
  ['an empty attribute', "<a b=''/>", xml('a', { b: '' })],
  ['markup in a value', "<a b='x>y/>=z'/>", xml('a', { b: 'x>y/>=z' })],
  ['white space in text is kept', '<a> \n x </a>', xml('a', {}, [' \n x '])],
  ['white space between elements is kept', '<a> <b/> </a>', xml('a', {}, [' ', xml('b'), ' '])],
  [
    'numbers and booleans stay text',
    "<a b='007'>1e3<c>true</c></a>",
    xml('a', { b: '007' }, ['1e3', xml('c', {}, ['true'])]),
  ],
  ['line ends', '<a>1\r\n2\r3\n4</a>', xml('a', {}, ['1\n2\n3\n4'])],
  ['white space in a value', "<a b='1\r\n2\n3\t4'/>", xml('a', { b: '1 2 3 4' })],
  ['white space written as references', "<a b='&#9;&#10;&#13;'>&#13;</a>", xml('a', { b: '\t\n\r' }, ['\r'])],
  ['the five entities', '<a>&lt;&gt;&amp;&quot;&apos;</a>', xml('a', {}, ['<>&"\''])],
  ['decimal references', '<a>&#1055;&#00065;</a>', xml('a', {}, ['ПA'])],
  ['hexadecimal references', '<a>&#x1F600;&#x1f600;</a>', xml('a', {}, ['😀😀'])],
  ['references are decoded once', '<a>&amp;lt;&#38;amp;</a>', xml('a', {}, ['&lt;&amp;'])],
  ['references in values', "<a b='&lt;&#x27;'/>", xml('a', { b: "<'" })],
  ['a ">" in text', '<a>1 > 0, a]]b]></a>', xml('a', {}, ['1 > 0, a]]b]>'])],
  ['quotes in text', `<a>'"'</a>`, xml('a', {}, [`'"'`])],
  ['a CDATA section', '<a><![CDATA[<b>&amp;]]]]></a>', xml('a', {}, ['<b>&amp;]]'])],
  ['text around a CDATA section', '<a>x&gt;<![CDATA[&]]>&lt;</a>', xml('a', {}, ['x>&<'])],
  ['an empty CDATA section', '<a><![CDATA[]]></a>', xml('a')],
  ['CDATA sections side by side', '<a><![CDATA[1]]><![CDATA[2]]></a>', xml('a', {}, ['12'])],
  ['line ends in a CDATA section', '<a><![CDATA[1\r\n2\r3]]></a>', xml('a', {}, ['1\n2\n3'])],
  ['a line end beside one that is written', '<a>&#13;\r\n</a>', xml('a', {}, ['\r\n'])],
  ['characters beyond the first plane', "<a b='𝄞'>👩‍💻</a>", xml('a', { b: '𝄞' }, ['👩‍💻'])],
  ['control characters that XML allows', '<a>\x7F\x85</a>', xml('a', {}, ['\x7F\x85'])],
  ['names in other scripts', "<имя ключ='1'/>", xml('имя', { ключ: '1' })],
  ['names with hyphens, dots and digits', "<stanza-id.2 a-b.3='1'/>", xml('stanza-id.2', { 'a-b.3': '1' })],
  [
    'the default namespace',
    "<a xmlns='u'><b xmlns=''/></a>",
    xml('a', { xmlns: 'u' }, [xml('b', { xmlns: '' })]),
  ],
  [
    'prefixes',
    "<p:a xmlns:p='u' p:c='1'><p:b/></p:a>",
    xml('p:a', { 'xmlns:p': 'u', 'p:c': '1' }, [xml('p:b')]),
  ],
  [
    'one local name in two namespaces',
    "<a xmlns:p='u' xmlns:q='v' p:b='1' q:b='2' b='3'/>",
    xml('a', { 'xmlns:p': 'u', 'xmlns:q': 'v', 'p:b': '1', 'q:b': '2', b: '3' }),
  ],
  ['the prefix xml', "<a xml:lang='ru'/>", xml('a', { 'xml:lang': 'ru' })],
  [
    'the prefix xml declared as what it is',
    "<a xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
    xml('a', { 'xmlns:xml': 'http://www.w3.org/XML/1998/namespace' }),
  ],
  [
    '64 attributes',
    `<a${attributes(64)}/>`,
    xml('a', Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`a${i}`, '']))),
  ],
  [
    'elements named like properties',
    '<constructor><prototype/><toString>x</toString><hasOwnProperty/></constructor>',
    xml('constructor', {}, [xml('prototype'), xml('toString', {}, ['x']), xml('hasOwnProperty')]),
  ],
  [
    'attributes named like properties',
    "<a constructor='1' toString='2' prototype='3'/>",
    xml('a', { constructor: '1', toString: '2', prototype: '3' }),
  ],
  [
    'a stanza',
    "<message from='juliet@example.com/balcony' to='verona@groups.example.com' type='chat'><body>Wherefore?</body></message>",
    xml('message', { from: 'juliet@example.com/balcony', to: 'verona@groups.example.com', type: 'chat' }, [
      xml('body', {}, ['Wherefore?']),
    ]),
  ],
];

describe('parse reads', () => {
  it.each(accepted)('%s', (_label, text, tree) => {
    expect(parse(text)).toEqual({ ok: true, value: tree });
  });

  it('64 levels', () => {
    expect(parse(nested(64)).ok).toBe(true);
  });

  it('attributes in the order in which they stand', () => {
    const result = parse("<a z='1' xmlns='u' b='2' _1='3'/>");
    expect(result.ok && Object.keys(result.value.attrs)).toEqual(['z', 'xmlns', 'b', '_1']);
  });

  it('the name __proto__ without touching a prototype', () => {
    const result = parse("<__proto__ __proto__='1'><__proto__>x</__proto__></__proto__>");
    expect(result.ok && Object.entries(result.value.attrs)).toEqual([['__proto__', '1']]);
    expect(result.ok && Object.getPrototypeOf(result.value.attrs)).toBe(Object.prototype);
    expect(result.ok && result.value.name).toBe('__proto__');
    expect(result.ok && result.value.children).toEqual([xml('__proto__', {}, ['x'])]);
  });
});
