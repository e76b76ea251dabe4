import { describe, expect, it } from 'vitest';
import { elementIn } from '../testing/table.js';
import { elementsOf, enter, parse, STANZA_SCOPE, serialise, xml } from '../xml/index.js';
import { qualify } from './qualify.js';

describe('qualify', () => {
  it.each([
    ['an inherited namespace', '<message>', '<body>Hi</body>', "<body xmlns='jabber:client'>Hi</body>"],
    [
      'the namespace of a component',
      "<message xmlns='jabber:component:accept'>",
      '<body>Hi</body>',
      "<body xmlns='jabber:client'>Hi</body>",
    ],
    ['a namespace of its own', '<message>', "<x xmlns='urn:x'><y/></x>", "<x xmlns='urn:x'><y/></x>"],
    ['no namespace', '<message>', "<x xmlns=''/>", "<x xmlns=''/>"],
    ['a prefix from outside', "<message xmlns:p='urn:p'>", '<p:x a="1"/>', "<x a='1' xmlns='urn:p'/>"],
    [
      'prefixes inside',
      "<message xmlns:p='urn:p'>",
      "<p:x><p:y/><z/><q:z xmlns:q='urn:q'>t</q:z></p:x>",
      "<x xmlns='urn:p'><y/><z xmlns='jabber:client'/><z xmlns='urn:q'>t</z></x>",
    ],
    [
      'prefixes that only the inside has',
      '<message>',
      "<x xmlns='urn:x'><p:y xmlns:p='urn:p' p:a='1'/></x>",
      "<x xmlns='urn:x'><p:y xmlns:p='urn:p' p:a='1'/></x>",
    ],
    [
      'an attribute with a prefix from outside',
      "<message xmlns:p='urn:p'>",
      "<x xmlns='urn:x' p:a='1' xml:lang='en'><y/></x>",
      "<x xmlns='urn:x' p:a='1' xmlns:p='urn:p' xml:lang='en'><y/></x>",
    ],
    [
      'an attribute with a prefix of its own',
      '<message>',
      "<p:x xmlns:p='urn:p' p:a='1'><p:y/></p:x>",
      "<x p:a='1' xmlns:p='urn:p' xmlns='urn:p'><y/></x>",
    ],
    [
      'a prefix for the stream itself',
      "<message xmlns:c='jabber:component:accept'>",
      '<c:body>Hi</c:body>',
      "<body xmlns='jabber:client'>Hi</body>",
    ],
    ['the prefix that needs no declaration', '<message>', '<xml:x/>', "<xml:x xmlns='jabber:client'/>"],
    [
      'that prefix among others',
      "<message xmlns:p='urn:p'>",
      '<p:x><xml:y/></p:x>',
      "<x xmlns='urn:p'><xml:y xmlns='jabber:client'/></x>",
    ],
  ])('%s', (_, start, source, expected) => {
    const [child] = elementsOf(elementIn(`${start}${source}</message>`));
    const outer = enter(elementIn(`${start}</message>`), STANZA_SCOPE);
    const written = child && serialise(qualify(child, outer), 'urn:around');
    expect(written).toBe(expected);
    // What stands on its own is well-formed on its own, and has nothing left to change.
    const again = parse(expected);
    expect(again.ok && serialise(qualify(again.value, STANZA_SCOPE), 'urn:around')).toBe(expected);
  });

  it.each(['p', 'constructor', '__proto__'])('drops the prefix %s when nobody declared it', (prefix) => {
    const inner = xml(`${prefix}:y`, { [`${prefix}:a`]: '1', b: '2' });
    expect(serialise(qualify(xml('x', { 'xmlns:q': 'urn:q' }, [inner]), STANZA_SCOPE))).toBe(
      "<x xmlns='jabber:client'><y b='2'/></x>",
    );
  });
});
