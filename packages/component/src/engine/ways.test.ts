import { readStanza } from '@xmpp-groups/core/stanza';
import { addresses } from '@xmpp-groups/core/xep';
import { elementsOf, type XmlElement } from '@xmpp-groups/core/xml';
import { describe, expect, it } from 'vitest';
import { members, messageTo } from '../../test/deliveries.js';
import { elementFrom, stanzasIn } from '../../test/fake-link.js';
import { bare } from '../../test/jids.js';
import { listsFor, multicastText, spliceTexts, unwrapBounce } from './ways.js';

const SERVICE = bare('multicast.example.com');

/** The recipients in a stanza's list, as `type jid`. */
function listOf(stanza: XmlElement): string[] {
  const list = elementsOf(stanza).find((child) => addresses.is(child));
  const read = list && addresses.parse(list);
  if (!read?.ok) throw new Error('no list of addresses');
  return read.value.addresses.map(({ type, jid }) => `${type} ${jid}`);
}

describe('multicastText', () => {
  it.each([
    { recipients: 0, limit: 20, lists: [] },
    { recipients: 1, limit: 20, lists: [1] },
    { recipients: 3, limit: 3, lists: [3] },
    { recipients: 7, limit: 3, lists: [3, 3, 1] },
    { recipients: 1001, limit: 100_000, lists: [500, 500, 1] },
  ])(
    'puts $recipients recipients, $limit at a time, into lists of $lists',
    ({ recipients, limit, lists }) => {
      const people = members(recipients);
      const service = { jid: SERVICE, limit };
      const stanzas = stanzasIn(multicastText(messageTo(people, 'hello'), service));
      expect(stanzas.map((stanza) => listOf(stanza).length)).toEqual(lists);
      expect(listsFor(recipients, service)).toBe(lists.length);
      expect(stanzas.flatMap(listOf)).toEqual(people.map((jid) => `bcc ${jid}`));
      expect(new Set(stanzas.map(({ attrs }) => attrs.to))).toEqual(
        new Set(recipients === 0 ? [] : [SERVICE]),
      );
    },
  );
});

describe.each(["o'brien@example.com", 'a&b@example.com', 'ромео@example.com/a<b>"c"'])('to %s', (to) => {
  // In a JID these characters are escaped by XEP-0106, but resources may hold them.
  const recipients = to.includes('/') ? [to] : ['romeo@example.com', `juliet@example.com/${to}`];

  it.each([
    [
      'one by one',
      (): XmlElement[] => stanzasIn(spliceTexts(messageTo(recipients, 'a < b & "c" \'d\'')).join('')),
    ],
    [
      'in a list',
      (): XmlElement[] =>
        stanzasIn(multicastText(messageTo(recipients, 'a < b & "c" \'d\''), { jid: SERVICE, limit: 20 })),
    ],
  ])('the text is well-formed and whole, %s', (_, stanzas) => {
    for (const stanza of stanzas()) {
      const body = elementsOf(stanza).find(({ name }) => name === 'body');
      expect(body?.children).toEqual(['a < b & "c" \'d\'']);
    }
    const reached = stanzas().flatMap((stanza) =>
      stanza.attrs.to === SERVICE ? listOf(stanza).map((entry) => entry.slice(4)) : [stanza.attrs.to],
    );
    expect(reached).toEqual(recipients);
  });
});

describe('unwrapBounce', () => {
  const bounced = (text: string) => {
    const stanza = readStanza(elementFrom(text));
    if (!stanza.ok) throw new Error(stanza.error.reason);
    return unwrapBounce(stanza.value);
  };
  const LIST =
    "<addresses xmlns='http://jabber.org/protocol/address'><address type='bcc' jid='a@example.com'/><address type='bcc' jid='b@example.com'/><address type='noreply'/></addresses>";
  const ERROR = "<error type='modify'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
  const head = (name: string, id = 'm1') =>
    `<${name} type='error' from='${SERVICE}' to='verona@groups.example.com/Group'${id === '' ? '' : ` id='${id}'`}>`;

  it.each([
    {
      what: 'a message with a text',
      xml: `${head('message')}${LIST}<body>hi</body>${ERROR}</message>`,
      type: 'chat',
    },
    {
      what: 'one without, such as an echo',
      xml: `${head('message')}${LIST}<x xmlns='urn:x'><body>in</body></x>${ERROR}</message>`,
      type: 'headline',
    },
    { what: 'presence', xml: `${head('presence', '')}${LIST}${ERROR}</presence>`, type: undefined },
  ])('makes the delivery of $what again', ({ xml, type }) => {
    const delivery = bounced(xml);
    expect(delivery?.recipients).toEqual(['a@example.com', 'b@example.com']);
    expect(delivery?.ordered).toBe(true);
    const [first] = stanzasIn(delivery === undefined ? '' : spliceTexts(delivery).join(''));
    expect(first?.attrs).toMatchObject({ from: 'verona@groups.example.com/Group', to: 'a@example.com' });
    expect(first?.attrs.type).toBe(type);
    expect(first && elementsOf(first).some(({ name }) => name === 'error' || name === 'addresses')).toBe(
      false,
    );
    expect(first?.children.length).toBe(type === undefined ? 0 : 1);
  });

  it.each([
    ['the list is gone', `${head('message')}<body>hi</body>${ERROR}</message>`],
    [
      'the list cannot be read',
      `${head('message')}<addresses xmlns='http://jabber.org/protocol/address'><address type='bcc' jid='@'/></addresses>${ERROR}</message>`,
    ],
    ['it is an IQ', `${head('iq')}${ERROR}</iq>`],
  ])('gives it up where %s', (_, xml) => {
    expect(bounced(xml)).toBeUndefined();
  });
});
