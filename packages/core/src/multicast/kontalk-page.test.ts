import { describe, expect, it } from 'vitest';
import { bare } from '../testing/jids.js';
import { elementIn } from '../testing/table.js';
import { serialise } from '../xml/index.js';
import { deliveredCopy } from './delivered.js';
import { fanOut } from './fan-out.js';
import { piecesOn, routeTo } from './route.js';
import { PAGE_EXAMPLES } from './testing/kontalk-page.js';

const HOST = bare('beta.kontalk.net');
const server = (strip: boolean) => ({
  service: HOST,
  vhost: HOST,
  limits: { local: 100, remote: 20 },
  strip,
});

const delivered = (stanza: string, strip = true): string[] => {
  const copies = fanOut(elementIn(stanza), server(strip));
  if (!copies.ok) throw new Error(copies.error.text);
  return copies.value.map((copy) => serialise(strip ? copy : deliveredCopy(copy).stanza));
};

const expected = (names: readonly string[], content: string) =>
  names.map(
    (name) =>
      `<message type='chat' from='david@beta.kontalk.net/home' to='${name}@beta.kontalk.net'>${serialise(
        elementIn(`<x>${content}</x>`),
      ).slice('<x>'.length, -'</x>'.length)}</message>`,
  );

describe('the Kontalk page', () => {
  it.each(PAGE_EXAMPLES)(
    '"The participants list is included in the address list by using XEP-0033 - which will be stripped out by the server": $title',
    ({ stanza, names, content }) => {
      expect(delivered(stanza)).toEqual(expected(names, content));
    },
  );

  it.each(PAGE_EXAMPLES)(
    '"All messages are multicasted to the other participants through XEP-0033": $title, where the list stays in',
    ({ stanza, names, content }) => {
      expect(delivered(stanza, false)).toEqual(expected(names, content));
    },
  );

  it.each(PAGE_EXAMPLES)(
    '"it allows a client to reach every group member by sending only one message": $title',
    ({ names, content }) => {
      const draft = elementIn(`<message type='chat' from='david@beta.kontalk.net/home'>${content}</message>`);
      const service = { jid: HOST, limit: 100, blind: false, announced: true };
      const members = names.map((name) => bare(`${name}@beta.kontalk.net`));
      const stanzas = piecesOn(routeTo(members, service), draft).map(({ stanza }) => stanza);
      expect(stanzas.map(({ attrs }) => attrs.to)).toEqual(['beta.kontalk.net']);
      expect(stanzas.flatMap((stanza) => delivered(serialise(stanza)))).toEqual(expected(names, content));
    },
  );

  it('"The only thing that must be kept in cleartext is the XEP-0033 address list": the server needs nothing else', () => {
    const content = "<body>(encrypted)</body><e2e xmlns='urn:ietf:params:xml:ns:xmpp-e2e'>hQ0=</e2e>";
    for (const { stanza, names, content: clear } of PAGE_EXAMPLES) {
      expect(delivered(stanza.replace(clear, content))).toEqual(expected(names, content));
    }
  });
});
