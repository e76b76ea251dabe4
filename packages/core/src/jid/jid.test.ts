import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BareJid,
  bareOf,
  domainOf,
  type FullJid,
  isBare,
  isFull,
  type Jid,
  jidOf,
  localpartOf,
  parseBareJid,
  parseFullJid,
  parseJid,
  resourceOf,
  withResource,
} from './index.js';

type Parts = readonly [local: string | undefined, domain: string, resource: string | undefined];

const partsOf = (jid: Jid): Parts => [localpartOf(jid), domainOf(jid), resourceOf(jid)];

const refusal = (reason: string) => ({
  ok: false,
  error: { path: 'jid', reason: expect.stringContaining(reason) },
});

describe('parseJid', () => {
  /** RFC 7622, section 3.5, table 1. */
  it.each<[text: string, parts: Parts]>([
    ['juliet@example.com', ['juliet', 'example.com', undefined]],
    ['juliet@example.com/foo', ['juliet', 'example.com', 'foo']],
    ['juliet@example.com/foo bar', ['juliet', 'example.com', 'foo bar']],
    ['juliet@example.com/foo@bar', ['juliet', 'example.com', 'foo@bar']],
    ['foo\\20bar@example.com', ['foo\\20bar', 'example.com', undefined]],
    ['fussball@example.com', ['fussball', 'example.com', undefined]],
    ['fu\u00DFball@example.com', ['fu\u00DFball', 'example.com', undefined]],
    ['\u03C0@example.com', ['\u03C0', 'example.com', undefined]],
    ['\u03A3@example.com/foo', ['\u03C3', 'example.com', 'foo']],
    ['\u03C3@example.com/foo', ['\u03C3', 'example.com', 'foo']],
    ['\u03C2@example.com/foo', ['\u03C2', 'example.com', 'foo']],
    ['king@example.com/\u265A', ['king', 'example.com', '\u265A']],
    ['example.com', [undefined, 'example.com', undefined]],
    ['example.com/foobar', [undefined, 'example.com', 'foobar']],
    ['a.example.com/b@example.net', [undefined, 'a.example.com', 'b@example.net']],
  ])('reads %s, which RFC 7622 has as an example', (text, parts) => {
    const read = parseJid(text);
    expect(read.ok && partsOf(read.value)).toEqual(parts);
  });

  /** RFC 7622, section 3.5, table 2. */
  it.each([
    ['"juliet"@example.com', 'localpart has U+0022'],
    ['foo bar@example.com', 'localpart has U+0020'],
    ['@example.com/', 'localpart is empty'],
    ['henri\u2163@example.com', 'localpart has U+2163'],
    ['\u265A@example.com', 'localpart has U+265A'],
    ['juliet@', 'domainpart is empty'],
    ['/foobar', 'domainpart is empty'],
  ])('refuses %s, which RFC 7622 has as a bad example', (text, reason) => {
    expect(parseJid(text)).toEqual(refusal(reason));
  });

  /** The table has this one as bad, but nothing in the OpaqueString profile makes it so, and servers pass it. */
  it('keeps white space at the ends of a resource', () => {
    const read = parseJid('juliet@example.com/ foo ');
    expect(read.ok && partsOf(read.value)).toEqual(['juliet', 'example.com', ' foo ']);
  });

  it.each<[text: string, parts: Parts]>([
    ['Juliet@EXAMPLE.com/Balcony', ['juliet', 'example.com', 'Balcony']],
    ['Иван@Пример.РФ/Дом', ['иван', 'пример.рф', 'Дом']],
    ['ｊｕｌｉｅｔ@ｅｘａｍｐｌｅ．ｃｏｍ', ['juliet', 'example.com', undefined]],
    ['a@b//', ['a', 'b', '/']],
    ['a@b/c/d@e/f', ['a', 'b', 'c/d@e/f']],
    ['a/b/c', [undefined, 'a', 'b/c']],
    ['a@b.', ['a', 'b', undefined]],
    ['a@b./c', ['a', 'b', 'c']],
    ['a@[2001:db8::1]/c', ['a', '[2001:db8::1]', 'c']],
  ])('reads %s', (text, parts) => {
    const read = parseJid(text);
    expect(read.ok && partsOf(read.value)).toEqual(parts);
  });

  it.each([
    ['', 'domainpart is empty'],
    ['@', 'localpart is empty'],
    ['/', 'domainpart is empty'],
    ['@/', 'localpart is empty'],
    ['a@/b', 'domainpart is empty'],
    ['@b', 'localpart is empty'],
    ['a@b/', 'resourcepart is empty'],
    ['a@b@c', 'domainpart has the label "b@c"'],
    ['a@@b', 'domainpart has the label "@b"'],
    [' a@b', 'localpart has U+0020'],
    ['a@b ', 'domainpart has U+0020'],
    ['a@b\n', 'domainpart has U+000A'],
    ['a@b/c\n', 'resourcepart has U+000A'],
    ['a＠b@c', 'localpart has U+0040'],
  ])('refuses %j', (text, reason) => {
    expect(parseJid(text)).toEqual(refusal(reason));
  });

  it('gives one value for what is one address', () => {
    const spellings = ['Zoé@Bücher.example', 'ZOE\u0301@xn--bcher-kva.example.', 'zoé@BU\u0308CHER.example'];
    expect(spellings.map(parseJid)).toEqual(spellings.map(() => ({ ok: true, value: 'zoé@bücher.example' })));
  });
});

describe('the kinds of JIDs', () => {
  it('parseBareJid wants no resource', () => {
    expect(parseBareJid('A@b')).toEqual({ ok: true, value: 'a@b' });
    expect(parseBareJid('groups.example.com')).toEqual({ ok: true, value: 'groups.example.com' });
    expect(parseBareJid('a@b/c')).toEqual(refusal('a resourcepart stands where none may be'));
    expect(parseBareJid('a@')).toEqual(refusal('domainpart is empty'));
  });

  it('parseFullJid wants a resource', () => {
    expect(parseFullJid('A@b/C')).toEqual({ ok: true, value: 'a@b/C' });
    expect(parseFullJid('b/C')).toEqual({ ok: true, value: 'b/C' });
    expect(parseFullJid('a@b')).toEqual(refusal('the resourcepart is missing'));
    expect(parseFullJid('a@b/')).toEqual(refusal('resourcepart is empty'));
  });

  it('types say which is which', () => {
    const bare = parseBareJid('a@b');
    const full = parseFullJid('a@b/c');
    if (!bare.ok || !full.ok) throw new Error('both are JIDs');
    const one: BareJid = bare.value;
    const other: FullJid = full.value;
    // @ts-expect-error a full JID is no bare one
    const wrong: BareJid = other;
    // @ts-expect-error text is no JID before it was read
    const unread: Jid = 'a@b';
    expect([one, other, wrong, unread].map((jid) => [isBare(jid), isFull(jid)])).toEqual([
      [true, false],
      [false, true],
      [false, true],
      [true, false],
    ]);
  });

  it.each([
    ['a@b/c/d@e', 'a@b'],
    ['a@b', 'a@b'],
    ['b/c', 'b'],
    ['b', 'b'],
  ])('bareOf %s', (text, bare) => {
    const read = parseJid(text);
    expect(read.ok && bareOf(read.value)).toBe(bare);
  });
});

describe('jidOf', () => {
  it('prepares the parts', () => {
    expect(jidOf({ local: 'A', domain: 'B.', resource: 'C d' })).toEqual({ ok: true, value: 'a@b/C d' });
    expect(jidOf({ domain: 'B' })).toEqual({ ok: true, value: 'b' });
    expect(jidOf({ local: undefined, domain: 'b', resource: undefined })).toEqual({ ok: true, value: 'b' });
  });

  it.each([
    [{ local: '', domain: 'b' }, 'localpart is empty'],
    [{ local: 'a/b', domain: 'c' }, 'localpart has U+002F'],
    [{ local: 'a@b', domain: 'c' }, 'localpart has U+0040'],
    [{ local: 'a', domain: 'b/c' }, 'domainpart has the label "b/c"'],
    [{ local: 'a', domain: '' }, 'domainpart is empty'],
    [{ local: 'a', domain: 'b', resource: '' }, 'resourcepart is empty'],
  ])('refuses %j', (parts, reason) => {
    expect(jidOf(parts)).toEqual(refusal(reason));
  });
});

it('withResource puts a resource behind a bare JID', () => {
  const bare = parseBareJid('a@b');
  if (!bare.ok) throw new Error('a@b is a JID');
  expect(withResource(bare.value, 'Group')).toEqual({ ok: true, value: 'a@b/Group' });
  expect(withResource(bare.value, 'x/y@z')).toEqual({ ok: true, value: 'a@b/x/y@z' });
  expect(withResource(bare.value, '')).toEqual(refusal('resourcepart is empty'));
  expect(withResource(bare.value, '\0')).toEqual(refusal('resourcepart has U+0000'));
});

describe('a prepared JID', () => {
  const character = fc.oneof(
    fc.constantFrom(...'aZ09.-@/[:]_ßΣςİİé\u0301ｶﾞＡ．。\u200C\u200D\u094D\u0915אبم0٠۰·l'),
    fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
    fc.integer({ min: 0x20, max: 0x2fff }).map((code) => String.fromCodePoint(code)),
  );
  const word = fc.oneof(
    fc.string({ unit: character, maxLength: 6 }),
    fc.stringMatching(/^[A-Za-z0-9-]{1,8}$/),
    fc.stringMatching(/^[\p{L}\p{Nd}]{1,3}$/u),
    fc.stringMatching(/^xn--[a-z0-9-]{1,8}$/),
  );
  const text = fc.oneof(
    fc.tuple(word, word).map(([local, domain]) => `${local}@${domain}`),
    fc.tuple(word, word, word).map(([local, domain, resource]) => `${local}@${domain}.example/${resource}`),
    word,
  );

  it('reads as itself', () => {
    let read = 0;
    fc.assert(
      fc.property(text, (spelling) => {
        const first = parseJid(spelling);
        if (!first.ok) return;
        read += 1;
        expect(parseJid(first.value)).toEqual(first);
        expect(
          jidOf({
            local: localpartOf(first.value),
            domain: domainOf(first.value),
            resource: resourceOf(first.value),
          }),
        ).toEqual(first);
      }),
      { numRuns: 5000 },
    );
    expect(read).toBeGreaterThan(500);
  });

  it('is the same with and without the shortcut for plain ones', () => {
    const plain = fc.stringMatching(/^[a-z0-9._-]{1,12}$/);
    fc.assert(
      fc.property(plain, plain, plain, (local, domain, resource) => {
        const spelling = `${local}@${domain}/${resource}`;
        expect(parseJid(spelling)).toEqual(jidOf({ local, domain, resource }));
        expect(parseJid(spelling.toUpperCase().replace(/\/.*/, ''))).toEqual(jidOf({ local, domain }));
      }),
      { numRuns: 2000 },
    );
  });
});
