import { describe, expect, it } from 'vitest';
import { bare } from '../testing/jids.js';
import { elementIn } from '../testing/table.js';
import { discoInfo } from '../xep/index.js';
import { elementsOf, serialise } from '../xml/index.js';
import { searchService } from './search.js';
import { serve } from './serve.js';

const configuration = {
  service: bare('multicast.example.net'),
  vhost: bare('example.net'),
  limits: { local: 40, remote: 20 },
  strip: false,
};
const sent = (text: string) =>
  serve(elementIn(text), configuration).map((stanza) => serialise(stanza, 'jabber:client'));
const question = (payload: string, attrs = "type='get'") =>
  `<iq ${attrs} id='i1' from='olga@example.net/phone' to='multicast.example.net'>${payload}</iq>`;

describe('serve', () => {
  it('says what it is so that it is found, with its limit', () => {
    const [answer] = serve(
      elementIn(question("<query xmlns='http://jabber.org/protocol/disco#info'/>")),
      configuration,
    );
    const [payload] = answer === undefined ? [] : elementsOf(answer);
    const info = payload === undefined ? undefined : discoInfo.parse(payload);
    if (!info?.ok) throw new Error('no answer');
    const host = bare('example.net');
    const answers = { info: new Map([[host, info.value]]), items: new Map() };
    expect(searchService(host, answers)).toEqual({
      kind: 'found',
      service: { jid: host, limit: 40, blind: true, announced: true },
    });
  });

  it('has no items', () => {
    expect(sent(question("<query xmlns='http://jabber.org/protocol/disco#items'/>"))).toEqual([
      "<iq from='multicast.example.net' to='olga@example.net/phone' id='i1' type='result'><query xmlns='http://jabber.org/protocol/disco#items'/></iq>",
    ]);
  });

  it.each([
    ['a node', question("<query xmlns='http://jabber.org/protocol/disco#info' node='n'/>"), 'item-not-found'],
    [
      'a command',
      question("<query xmlns='http://jabber.org/protocol/disco#info'/>", "type='set'"),
      'service-unavailable',
    ],
    [
      'a part of it',
      question("<query xmlns='http://jabber.org/protocol/disco#info'/>").replace("net'>", "net/x'>"),
      'service-unavailable',
    ],
    [
      'what is malformed',
      question("<query xmlns='http://jabber.org/protocol/disco#info'><feature/></query>"),
      'bad-request',
    ],
    ['something else', question("<vCard xmlns='vcard-temp'/>"), 'service-unavailable'],
    [
      'a message without a list',
      "<message from='a@b' to='multicast.example.net'><body>x</body></message>",
      'bad-request',
    ],
  ])('refuses a question for %s', (_, text, condition) => {
    const [answer, ...more] = sent(text);
    expect(more).toEqual([]);
    expect(answer).toContain(`<${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>`);
  });

  it.each([
    ['an answer', question('', "type='result'")],
    ['an error', "<message type='error' from='a@b' to='multicast.example.net'/>"],
    ['a stanza without a sender', "<message to='multicast.example.net'/>"],
    ['what is no stanza', "<x xmlns='urn:x'/>"],
  ])('says nothing to %s', (_, text) => {
    expect(sent(text)).toEqual([]);
  });

  it('sends copies', () => {
    expect(
      sent(
        "<presence from='a@example.net/x' to='multicast.example.net'><addresses xmlns='http://jabber.org/protocol/address'><address type='to' jid='b@example.net'/></addresses></presence>",
      ),
    ).toHaveLength(1);
  });
});
