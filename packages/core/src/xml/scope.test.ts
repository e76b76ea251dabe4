import { describe, expect, it } from 'vitest';
import { xml } from './element.js';
import { enter, namespaceIn, STANZA_SCOPE } from './scope.js';

describe('scope', () => {
  it.each([
    ['body', {}, 'jabber:client'],
    ['body', { xmlns: 'jabber:component:accept' }, 'jabber:client'],
    ['query', { xmlns: 'jabber:iq:roster' }, 'jabber:iq:roster'],
    ['a:query', { 'xmlns:a': 'jabber:iq:roster' }, 'jabber:iq:roster'],
    ['c:body', { 'xmlns:c': 'jabber:component:accept' }, 'jabber:client'],
    ['a:query', {}, undefined],
    ['a:query', { 'xmlns:a': '' }, undefined],
    ['constructor:query', {}, undefined],
    ['toString:query', {}, undefined],
  ])('<%s> with %o is in %s', (name, attrs, namespace) => {
    const element = xml(name, attrs);
    expect(namespaceIn(element, enter(element, STANZA_SCOPE))).toBe(namespace);
  });
});
