/// <reference path="./xmpp-xml.d.ts" />
import ltx from '@xmpp/xml';
import { describe, expect, it } from 'vitest';
import { elementsOf, textOf, type XmlElement } from './element.js';
import { parse } from './parse.js';
import { enter, localName, namespaceIn, STANZA_SCOPE } from './scope.js';
import { serialise } from './serialise.js';
import { prepare, splice } from './splice.js';

/** An element of `@xmpp/xml` as it comes from there: assigning it is the test of the types. */
const stanza: XmlElement = ltx(
  'message',
  { xmlns: 'jabber:component:accept', from: 'juliet@example.com', to: "o'x@example.com" },
  ltx('body', {}, 'Tom & ', 'Jerry'),
  ltx('x', { xmlns: 'https://xabber.com/protocol/groups', 'xmlns:p': 'u' }, ltx('p:y')),
);

describe('elements of @xmpp/xml', () => {
  it('are written', () => {
    expect(serialise(stanza, 'jabber:component:accept')).toBe(
      "<message from='juliet@example.com' to='o&apos;x@example.com'><body>Tom &amp; Jerry</body>" +
        "<x xmlns='https://xabber.com/protocol/groups' xmlns:p='u'><p:y/></x></message>",
    );
  });

  it('are written as what parse reads', () => {
    const read = parse(serialise(stanza));
    expect(read.ok && serialise(read.value)).toBe(serialise(stanza));
  });

  it('are addressed', () => {
    expect(splice(prepare(stanza, 'jabber:component:accept'), 'b@c')).toContain("<message to='b@c' from=");
  });

  it('have children and text', () => {
    const [body, x] = elementsOf(stanza);
    expect(body && textOf(body)).toBe('Tom & Jerry');
    expect(x && elementsOf(x).map(localName)).toEqual(['y']);
  });

  it('have namespaces', () => {
    const inside = enter(stanza, STANZA_SCOPE);
    const found = elementsOf(stanza).map((child) => namespaceIn(child, enter(child, inside)));
    expect(found).toEqual(['jabber:client', 'https://xabber.com/protocol/groups']);
    const [, x] = elementsOf(stanza);
    const y = x && elementsOf(x)[0];
    expect(x && y && namespaceIn(y, enter(y, enter(x, inside)))).toBe('u');
  });
});
