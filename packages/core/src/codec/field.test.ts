import { describe, expect, it } from 'vitest';
import { bare } from '../testing/jids.js';
import { fromLtx } from '../testing/ltx.js';
import { elementIn, table } from '../testing/table.js';
import { serialise, xml } from '../xml/index.js';
import { withAttrs } from './amend.js';
import { type Declaration, element, pick } from './declaration.js';
import {
  attr,
  child,
  content,
  flag,
  list,
  rawChild,
  rest,
  textChild,
  textChildren,
  whichChild,
} from './index.js';
import { integer, jid, oneOf, text, textUpTo } from './value.js';

const X = "xmlns='urn:x'";

const leaf = element('leaf', 'urn:x', 'here', { n: attr('n', integer()), text: content(textUpTo(3)) });

const declarations = {
  attributes: element('e', 'urn:x', 'here', {
    required: attr('a', integer()),
    optional: attr('b', oneOf('x', 'y')).optional,
    defaulted: attr('c', text).or('none'),
    lang: attr('xml:lang', text).optional,
  }),
  texts: element('e', 'urn:x', 'here', {
    required: textChild('a', 'urn:x', integer()),
    optional: textChild('b', 'urn:y', text).optional,
    defaulted: textChild('c', 'urn:x', text).or('none'),
    many: textChildren('d', 'urn:x', integer(), 2),
  }),
  children: element('e', 'urn:x', 'here', {
    one: child(leaf),
    many: list(element('item', 'urn:y', 'here', { jid: attr('jid', jid) }), 2),
    flag: flag('flag', 'urn:x'),
    which: whichChild('urn:w', ['up', 'down']).optional,
  }),
  defaultedChild: element('e', 'urn:x', 'here', { one: child(leaf).or({ n: 0, text: '-' }) }),
  raw: element('e', 'urn:x', 'here', {
    message: rawChild('message', 'jabber:client').optional,
    flag: flag('flag', 'urn:x'),
    which: whichChild('urn:w', ['up', 'down']).or('up'),
    others: rest(),
  }),
  nothing: element('e', 'urn:x', 'here', {}),
};

table(declarations, {
  attributes: {
    pairs: {
      all: [
        `<e ${X} a='1' b='y' c='d' xml:lang='en'/>`,
        { required: 1, optional: 'y', defaulted: 'd', lang: 'en' },
      ],
      'a text that needs care': [
        `<e ${X} a='1' c='&lt;&amp;&quot;&apos;&#xA;'/>`,
        { required: 1, defaulted: '<&"\'\n' },
      ],
    },
    reads: {
      'the least': [`<e a='1' ${X}/>`, { required: 1, defaulted: 'none' }],
      'an attribute with a prefix is another one': [
        `<e ${X} xmlns:p='urn:x' p:c='d' a='1'/>`,
        { required: 1, defaulted: 'none' },
      ],
    },
    fails: {
      'a required one is missing': [`<e ${X} b='x'/>`, 'e@a', 'missing'],
      'a required one is broken': [`<e ${X} a=''/>`, 'e@a', 'not an integer'],
      'an optional one is broken': [`<e ${X} a='1' b=''/>`, 'e@b', 'not one of x, y'],
      'another name': [`<f ${X} a='1'/>`, 'e', `not <e ${X}/>`],
      'another namespace': ["<e xmlns='urn:y' a='1'/>", 'e', `not <e ${X}/>`],
      'no namespace': ["<e a='1'/>", 'e', `not <e ${X}/>`],
    },
  },
  texts: {
    pairs: {
      all: [
        `<e ${X}><a>1</a><b xmlns='urn:y'>t</b><c/><d>1</d><d>2</d></e>`,
        { required: 1, optional: 't', defaulted: '', many: [1, 2] },
      ],
    },
    reads: {
      'the least': [`<e ${X}><a> 1 </a></e>`, { required: 1, defaulted: 'none', many: [] }],
      'another order, text and elements between': [
        `<e ${X}>t<d>1</d>t<c>c<i/>d</c><z/><d xmlns='urn:y'>0</d><a>1</a><d>2</d></e>`,
        { required: 1, defaulted: 'cd', many: [1, 2] },
      ],
      'names with prefixes': [
        `<x:e xmlns:x='urn:x' xmlns:y='urn:y'><x:a>1</x:a><y:b>t</y:b></x:e>`,
        { required: 1, optional: 't', defaulted: 'none', many: [] },
      ],
      'a prefix that means another namespace further in': [
        `<p:e xmlns:p='urn:x'><p:a>1</p:a><p:b xmlns:p='urn:y'>t</p:b><p:c xmlns:p='urn:y'>no</p:c></p:e>`,
        { required: 1, optional: 't', defaulted: 'none', many: [] },
      ],
    },
    fails: {
      'a required one is missing': [`<e ${X}/>`, 'e/a', 'missing'],
      'a required one of another namespace': [`<e ${X}><a xmlns='urn:y'>1</a></e>`, 'e/a', 'missing'],
      'a required one is empty': [`<e ${X}><a/></e>`, 'e/a', 'not an integer'],
      'a single one stands twice': [`<e ${X}><a>1</a><a>1</a></e>`, 'e/a', 'more than one'],
      'an optional one stands twice': [
        `<e ${X}><a>1</a><b xmlns='urn:y'/><p:b xmlns:p='urn:y'/></e>`,
        'e/b',
        'more than one',
      ],
      'one of many is broken': [`<e ${X}><a>1</a><d>1</d><d>x</d></e>`, 'e/d', 'not an integer'],
      'too many': [`<e ${X}><a>1</a><d>1</d><d>2</d><d>3</d></e>`, 'e/d', 'more than 2'],
    },
  },
  children: {
    pairs: {
      all: [
        `<e ${X}><leaf n='1'>abc</leaf><item xmlns='urn:y' jid='a@b'/><item xmlns='urn:y' jid='c'/><flag/><down xmlns='urn:w'/></e>`,
        {
          one: { n: 1, text: 'abc' },
          many: [{ jid: bare('a@b') }, { jid: bare('c') }],
          flag: true,
          which: 'down',
        },
      ],
      'the least': [`<e ${X}><leaf n='1'/></e>`, { one: { n: 1, text: '' }, many: [], flag: false }],
    },
    reads: {
      'a flag twice, with a content': [
        `<e ${X}><flag>false</flag><flag/><up xmlns='urn:w'>x</up><leaf n='1'/></e>`,
        { one: { n: 1, text: '' }, many: [], flag: true, which: 'up' },
      ],
      'items whose namespace is inherited': [
        `<x:e xmlns='urn:y' xmlns:x='urn:x'><item jid='c'/><x:leaf n='1'>a</x:leaf><flag/></x:e>`,
        { one: { n: 1, text: 'a' }, many: [{ jid: bare('c') }], flag: false },
      ],
    },
    fails: {
      'a child is missing': [`<e ${X}/>`, 'e/leaf', 'missing'],
      'a child stands twice': [`<e ${X}><leaf n='1'/><leaf n='1'/></e>`, 'e/leaf', 'more than one'],
      'a part of a child is missing': [`<e ${X}><leaf/></e>`, 'e/leaf@n', 'missing'],
      'the text of a child is too long': [
        `<e ${X}><leaf n='1'>abcd</leaf></e>`,
        'e/leaf',
        'longer than 3 characters',
      ],
      'an item is broken': [
        `<e ${X}><leaf n='1'/><item xmlns='urn:y' jid='c'/><item xmlns='urn:y'/></e>`,
        'e/item@jid',
        'missing',
      ],
      'too many items': [
        `<e ${X}><leaf n='1'/>${"<item xmlns='urn:y' jid='c'/>".repeat(3)}</e>`,
        'e/item',
        'more than 2',
      ],
    },
  },
  defaultedChild: {
    pairs: { 'a child': [`<e ${X}><leaf n='1'>a</leaf></e>`, { one: { n: 1, text: 'a' } }] },
    reads: { 'no child': [`<e ${X}/>`, { one: { n: 0, text: '-' } }] },
    fails: { 'a broken child': [`<e ${X}><leaf n='x'/></e>`, 'e/leaf@n', 'not an integer'] },
  },
  raw: {
    pairs: {
      all: [
        `<e ${X}><message xmlns='jabber:client'><body>a</body></message><flag/><down xmlns='urn:w'/><z>b<y/></z><z xmlns='urn:z'/></e>`,
        {
          message: elementIn("<message xmlns='jabber:client'><body>a</body></message>"),
          flag: true,
          which: 'down',
          others: [elementIn(`<z ${X}>b<y/></z>`), elementIn("<z xmlns='urn:z'/>")],
        },
      ],
    },
    reads: {
      nothing: [`<e ${X}>text</e>`, { flag: false, which: 'up', others: [] }],
      'what other fields take is no rest, what has only their name is': [
        `<e ${X}><up xmlns='urn:w'/><flag/><flag xmlns='urn:y'/><message/></e>`,
        {
          flag: true,
          which: 'up',
          others: [elementIn("<flag xmlns='urn:y'/>"), elementIn(`<message ${X}/>`)],
        },
      ],
      'prefixes do not lead out of the rest': [
        `<p:e xmlns:p='urn:x' xmlns:q='urn:q'><q:z q:a='1'>t</q:z></p:e>`,
        {
          flag: false,
          which: 'up',
          others: [{ name: 'z', attrs: { 'q:a': '1', 'xmlns:q': 'urn:q', xmlns: 'urn:q' }, children: ['t'] }],
        },
      ],
    },
    fails: {
      'a raw child twice': [
        `<e ${X}><message xmlns='jabber:client'/><message xmlns='jabber:component:accept'/></e>`,
        'e/message',
        'more than one',
      ],
    },
  },
  nothing: {
    pairs: { 'an empty element': [`<e ${X}/>`, {}] },
    reads: { 'whatever it holds': [`<e ${X} a='b'>c<d/></e>`, {}] },
  },
});

describe('a declaration', () => {
  const { texts, raw, children } = declarations;

  it('reads in the namespaces around the element, and calls it what it is told', () => {
    const bareElement = xml('e', {}, [xml('q:a', {}, ['x'])]);
    const scope = { namespace: 'urn:x', prefixes: { q: 'urn:x' } };
    expect(texts.is(bareElement)).toBe(false);
    expect(texts.is(bareElement, scope)).toBe(true);
    expect(texts.parse(bareElement, scope, 'outer/e')).toEqual({
      ok: false,
      error: { path: 'outer/e/a', reason: 'not an integer' },
    });
  });

  it('fails where a prefix is not declared', () => {
    const read = declarations.nothing.parse(fromLtx("<p:e xmlns='urn:x'/>"));
    expect(read).toEqual({ ok: false, error: { path: 'e', reason: `not <e ${X}/>` } });
  });

  it('leaves out what is undefined', () => {
    const built = texts.build({ required: 1, optional: undefined, defaulted: 'c', many: [] });
    expect(serialise(built)).toBe(`<e ${X}><a>1</a><c>c</c></e>`);
  });

  it('keeps whole elements of @xmpp/xml', () => {
    const read = raw.parse(
      fromLtx(`<e ${X}><message xmlns='jabber:client'><body>a</body></message><z>b</z></e>`),
    );
    expect(read.ok && serialise(raw.build(read.value))).toBe(
      `<e ${X}><message xmlns='jabber:client'><body>a</body></message><up xmlns='urn:w'/><z>b</z></e>`,
    );
  });

  it('describes its fields', () => {
    const described = ({ name, namespace, spec, fields }: Declaration<unknown>) => ({
      name,
      namespace,
      spec,
      fields: fields.map((field) => [field.key, field.kind, field.name, field.type, field.required]),
    });
    expect(described(children)).toEqual({
      name: 'e',
      namespace: 'urn:x',
      spec: 'here',
      fields: [
        ['one', 'child', 'leaf', 'element', true],
        ['many', 'children', 'item', 'element', false],
        ['flag', 'child', 'flag', 'present or absent', false],
        ['which', 'child', 'up | down', 'empty element', false],
      ],
    });
    expect(children.fields[0]?.element).toBe(leaf);
    expect(described(leaf).fields).toEqual([
      ['n', 'attribute', 'n', 'integer', true],
      ['text', 'text', '', 'text of at most 3 characters', true],
    ]);
    expect(described(raw).fields.at(-1)).toEqual(['others', 'children', '*', 'any content', false]);
  });
});

describe('pick', () => {
  const elements = [
    elementIn("<a xmlns='urn:y'/>"),
    elementIn(`<leaf ${X} n='1'/>`),
    elementIn(`<leaf ${X}/>`),
  ];
  it.each([
    ['the first that is declared so', elements, { ok: true, value: { n: 1, text: '' } }],
    ['its failure', elements.slice(2), { ok: false, error: { path: 'leaf@n', reason: 'missing' } }],
    ['nothing', elements.slice(0, 1), undefined],
  ])('%s', (_, from, expected) => {
    expect(pick(leaf, from)).toEqual(expected);
  });
});

describe('withAttrs', () => {
  it('changes attributes and nothing else', () => {
    const source = elementIn(`<e ${X} a='1' b='2'>t<f/></e>`);
    expect(serialise(withAttrs(source, { b: '3', c: '4' }))).toBe(`<e ${X} a='1' b='3' c='4'>t<f/></e>`);
    expect(serialise(source)).toBe(`<e ${X} a='1' b='2'>t<f/></e>`);
  });
});
