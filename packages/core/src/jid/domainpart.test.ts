import { describe, expect, it } from 'vitest';
import { prepareDomainpart } from './domainpart.js';

const label = (length: number): string => 'a'.repeat(length);
const name = (length: number): string =>
  `${`${label(49)}.`.repeat(Math.floor(length / 50))}${label(length % 50)}`;

describe('prepareDomainpart', () => {
  it.each<[label: string, text: string, prepared: string]>([
    ['a name', 'groups.example.com', 'groups.example.com'],
    ['one label', 'localhost', 'localhost'],
    ['digits and hyphens', '1a.b-2.c3', '1a.b-2.c3'],
    ['hyphens side by side', 'r3---sn.example', 'r3---sn.example'],
    ['upper case', 'EXAMPLE.Com', 'example.com'],
    ['the final dot', 'example.com.', 'example.com'],
    ['the final dot in other scripts', 'example.com。', 'example.com'],
    ['fullwidth letters and dots', 'ｅｘａｍｐｌｅ．ｃｏｍ', 'example.com'],
    ['ideographic and halfwidth full stops', '例え。テスト｡jp', '例え.テスト.jp'],
    ['U-labels', 'пример.рф', 'пример.рф'],
    ['U-labels in upper case', 'ПРИМЕР.РФ', 'пример.рф'],
    ['decomposed U-labels', 'bu\u0308cher.example', 'bücher.example'],
    ['A-labels', 'xn--e1afmkfd.xn--p1ai', 'пример.рф'],
    ['A-labels in upper case', 'XN--BCHER-KVA.example', 'bücher.example'],
    ['sharp s in both ways', 'straße.xn--strae-oqa', 'straße.straße'],
    ['a final sigma', 'ς.example', 'ς.example'],
    ['Hebrew labels', 'דוגמה.קום', 'דוגמה.קום'],
    ['a label of 63 letters', label(63), label(63)],
    ['a name of 253 letters', name(253), name(253)],
    ['an IPv4 address', '127.0.0.1', '127.0.0.1'],
    ['an IPv6 address', '[2001:DB8::1]', '[2001:db8::1]'],
    ['the IPv6 address of nothing', '[::]', '[::]'],
    ['an IPv6 address in full', '[1:2:3:4:5:6:7:8]', '[1:2:3:4:5:6:7:8]'],
    ['an IPv6 address with IPv4 in it', '[::ffff:192.0.2.255]', '[::ffff:192.0.2.255]'],
    ['an IPv6 address in full with IPv4 in it', '[1:2:3:4:5:6:192.0.2.1]', '[1:2:3:4:5:6:192.0.2.1]'],
    ['an IPv6 address that ends in nothing', '[1:2:3:4:5:6:7::]', '[1:2:3:4:5:6:7::]'],
  ])('keeps or maps %s', (_label, text, prepared) => {
    expect(prepareDomainpart(text)).toEqual({ ok: true, value: prepared });
  });

  it.each<[label: string, text: string, reason: string]>([
    ['nothing', '', 'domainpart is empty'],
    ['a dot', '.', 'an empty label'],
    ['two final dots', 'a..', 'an empty label'],
    ['an empty label', 'a..b', 'an empty label'],
    ['an empty label at the beginning', '.a', 'an empty label'],
    ['a hyphen at the beginning', '-a.b', 'the label "-a"'],
    ['a hyphen at the end', 'a-.b', 'the label "a-"'],
    ['an underscore', 'a_b.c', 'the label "a_b"'],
    ['a space', 'a b', 'has U+0020'],
    ['a port', 'example.com:5222', 'the label "com:5222"'],
    ['a space in a U-label', 'я b', 'has U+0020'],
    ['an underscore in a U-label', 'я_b', 'has U+005F'],
    ['a hyphen at the beginning of a U-label', '-я', 'hyphen or mark'],
    ['a hyphen at the end of a U-label', 'я-', 'hyphen or mark'],
    ['hyphens at the third place of a U-label', 'яя--я', 'hyphen or mark'],
    ['a mark at the beginning of a U-label', '\u0301я', 'hyphen or mark'],
    ['an emoji', '😀.example', 'has U+1F600'],
    ['an emoji as an A-label', 'xn--e28h.example', 'has U+1F600'],
    ['an A-label of nothing', 'xn--', 'which is not Punycode'],
    ['an A-label of ASCII', 'xn--abc-', 'which is not Punycode'],
    ['an A-label that does not decode', 'xn--99999999', 'which is not Punycode'],
    ['an A-label that stands for 𣥼 in other letters', 'xn--qd9bu8g', 'which is not Punycode'],
    ['an A-label of a control character', 'xn--a', 'has U+0080'],
    ['an A-label of a decomposed letter', 'xn--u-ccb', 'not in its prepared form'],
    ['an A-label of upper case', 'xn--70a', 'not in its prepared form'],
    ['a zero width joiner', 'a\u200Db', 'has U+200D'],
    ['directions mixed in a label', 'שa.example', 'mixes directions'],
    ['directions mixed in a name', 'דוגמה.1', 'mixes directions'],
    ['a label of 64 letters', label(64), 'a label that is too long'],
    ['a U-label of 64 as A-label', 'я'.repeat(60), 'a label that is too long'],
    ['a U-label of a thousand', 'я'.repeat(1000), 'a label that is too long'],
    ['an A-label of a thousand', `xn--${label(1000)}`, 'a label that is too long'],
    ['a name of 254 letters', name(254), 'domainpart is too long'],
    [
      'a name that is short in U-labels only',
      `${'ЯЯЯЯЯЯЯЯЯЯЯЯЯЯЯЯЯЯЯЯ.'.repeat(11)}я`,
      'domainpart is too long',
    ],
    ['a million letters', 'a.'.repeat(500_000), 'domainpart is too long'],
    ['an IPv6 address without brackets', '::1', 'the label "::1"'],
    ['an IPv6 address without its end', '[::1', 'not an IPv6 address'],
    ['an IPv6 address with a port', '[::1]:5222', 'not an IPv6 address'],
    ['an IPv6 address with two gaps', '[1::2::3]', 'not an IPv6 address'],
    ['an IPv6 address of seven groups', '[1:2:3:4:5:6:7]', 'not an IPv6 address'],
    ['an IPv6 address of nine groups', '[1:2:3:4:5:6:7:8:9]', 'not an IPv6 address'],
    ['an IPv6 address of eight groups and a gap', '[1:2:3:4::5:6:7:8]', 'not an IPv6 address'],
    ['an IPv6 address with three colons', '[1:::2]', 'not an IPv6 address'],
    ['an IPv6 address that begins in one colon', '[:1::2]', 'not an IPv6 address'],
    ['an IPv6 group of five digits', '[::12345]', 'not an IPv6 address'],
    ['an IPv4 address in the middle', '[::192.0.2.1:1]', 'not an IPv6 address'],
    ['an IPv4 address before the gap', '[192.0.2.1::1]', 'not an IPv6 address'],
    ['an IPv4 part above 255', '[::192.0.2.256]', 'not an IPv6 address'],
    ['an IPv4 address of three parts', '[::192.0.2]', 'not an IPv6 address'],
    ['an IPv4 address of five parts', '[::1.192.0.2.1]', 'not an IPv6 address'],
    ['an IPv6 zone', '[fe80::1%25eth0]', 'not an IPv6 address'],
    ['empty brackets', '[]', 'not an IPv6 address'],
  ])('refuses %s', (_label, text, reason) => {
    expect(prepareDomainpart(text)).toEqual({
      ok: false,
      error: { path: 'jid', reason: expect.stringContaining(reason) },
    });
  });
});
