import { describe, expect, it } from 'vitest';
import { ok } from '../result.js';
import { bare } from '../testing/jids.js';
import { elementIn } from '../testing/table.js';
import { serialise } from '../xml/index.js';
import type { MulticastConfiguration } from './configuration.js';
import { fanOut } from './fan-out.js';
import { linesOf, listIn } from './testing/reading.js';

const NS = "xmlns='http://jabber.org/protocol/address'";

const HEADER1: MulticastConfiguration = {
  service: bare('multicast.header1.org'),
  vhost: bare('header1.org'),
  limits: { local: 100, remote: 20 },
  strip: false,
  serviceAt: (domain) => (domain === 'header2.org' ? { jid: bare('header2.org'), limit: 20 } : undefined),
};
const HEADER2: MulticastConfiguration = {
  ...HEADER1,
  service: bare('header2.org'),
  vhost: bare('header2.org'),
  serviceAt: () => undefined,
};

const listText = (list: string): string => `<addresses ${NS}>${list}</addresses>`;
const message = (list: string, attrs = '') =>
  elementIn(
    `<message from='a@header1.org/work' to='multicast.header1.org' ${attrs}>${listText(list)}<body>Hello, World!</body></message>`,
  );

const copiesOf = (...given: Parameters<typeof fanOut>) => {
  const made = fanOut(...given);
  if (!made.ok) throw new Error(`${made.error.condition}: ${made.error.text}`);
  return made.value;
};

describe('the flow of XEP-0033, section 6', () => {
  const sent = message(
    ['header1.org', 'header2.org', 'noheader.org']
      .flatMap((domain) =>
        ['to', 'cc', 'bcc'].map((type) => `<address type='${type}' jid='${type}@${domain}'/>`),
      )
      .join(''),
  );
  const everybody = ['header1.org', 'header2.org', 'noheader.org'].flatMap((domain) => [
    `to to@${domain} delivered`,
    `cc cc@${domain} delivered`,
  ]);
  const copies = copiesOf(sent, HEADER1);

  it('goes to each local address, to the service of the second domain, and to each address of the third', () => {
    expect(copies.map(({ attrs }) => attrs.to)).toEqual([
      'to@header1.org',
      'cc@header1.org',
      'bcc@header1.org',
      'header2.org',
      'to@noheader.org',
      'cc@noheader.org',
      'bcc@noheader.org',
    ]);
    expect(new Set(copies.map(({ attrs }) => attrs.from))).toEqual(new Set(['a@header1.org/work']));
  });

  it.each([0, 1, 4, 5])('shows copy %i all who are named openly, marked', (place) => {
    expect(linesOf(copies[place] && listIn(copies[place]))).toEqual([...everybody].sort());
  });

  it.each([
    [2, 'bcc bcc@header1.org'],
    [6, 'bcc bcc@noheader.org'],
  ])('shows the blind recipient of copy %i himself, too, and no other one', (place, own) => {
    expect(linesOf(copies[place] && listIn(copies[place]))).toEqual([...everybody, own].sort());
  });

  it('leaves the addresses of the second domain to its service, which serves them', () => {
    const [batch] = copies.slice(3, 4);
    if (batch === undefined) throw new Error('no batch');
    expect(linesOf(listIn(batch))).toEqual(
      [
        ...everybody.map((line) => (line.includes('header2') ? line.replace(' delivered', '') : line)),
        'bcc bcc@header2.org',
      ].sort(),
    );
    const served = copiesOf(batch, HEADER2);
    expect(served.map(({ attrs }) => attrs.to)).toEqual([
      'to@header2.org',
      'cc@header2.org',
      'bcc@header2.org',
    ]);
    for (const [place, copy] of served.entries()) {
      const own = place === 2 ? ['bcc bcc@header2.org'] : [];
      expect(linesOf(listIn(copy))).toEqual([...everybody, ...own].sort());
    }
  });
});

describe('a copy', () => {
  it('is the stanza with another address and another list, all else in its place', () => {
    const [copy] = copiesOf(
      elementIn(
        `<message from='a@header1.org/work' to='multicast.header1.org' type='chat' id='c1' xml:lang='en'>
           <body>Hi</body><addresses ${NS}><address type='to' jid='b@header1.org' desc='Bob'/><address type='noreply'/></addresses>
           <active xmlns='http://jabber.org/protocol/chatstates'/>
         </message>`,
      ),
      HEADER1,
    );
    expect(copy && serialise(copy)).toBe(
      "<message from='a@header1.org/work' to='b@header1.org' type='chat' id='c1' xml:lang='en'><body>Hi</body>" +
        "<addresses xmlns='http://jabber.org/protocol/address'><address " +
        "type='to' jid='b@header1.org' delivered='true' desc='Bob'/><address type='noreply'/></addresses>" +
        "<active xmlns='http://jabber.org/protocol/chatstates'/></message>",
    );
  });

  it('has no list when all are blind and it is for one without', () => {
    const copies = copiesOf(
      message("<address type='bcc' jid='b@header1.org'/><address type='bcc' jid='c@x.org'/>"),
      HEADER1,
    );
    expect(copies.map(listIn).map(linesOf)).toEqual([['bcc b@header1.org'], ['bcc c@x.org']]);
  });

  it('has no list at all where lists are stripped, but for the service of another domain', () => {
    const list =
      "<address type='to' jid='b@header1.org'/><address type='bcc' jid='c@header2.org'/><address type='noreply'/>";
    const copies = copiesOf(message(list), { ...HEADER1, strip: true });
    expect(copies.map(listIn).map(linesOf)).toEqual([undefined, ['bcc c@header2.org']]);
  });

  it('goes to the service of another domain in batches that it takes', () => {
    const list = ['b', 'c', 'd'].map((name) => `<address type='cc' jid='${name}@header2.org'/>`).join('');
    const copies = copiesOf(message(list), {
      ...HEADER1,
      serviceAt: () => ({ jid: bare('header2.org'), limit: 2 }),
    });
    expect(copies.map(listIn).map(linesOf)).toEqual([
      ['cc b@header2.org', 'cc c@header2.org', 'cc d@header2.org delivered'],
      ['cc b@header2.org delivered', 'cc c@header2.org delivered', 'cc d@header2.org'],
    ]);
  });

  it('is made of presence, too, and reads elements with prefixes', () => {
    const presence = elementIn(
      `<presence from='a@header1.org/work' to='multicast.header1.org' type='unavailable' xmlns:a='http://jabber.org/protocol/address'>
         <a:addresses><a:address type='bcc' jid='b@header1.org/x'/></a:addresses>
       </presence>`,
    );
    expect(copiesOf(presence, HEADER1).map(({ name, attrs }) => [name, attrs.to])).toEqual([
      ['presence', 'b@header1.org/x'],
    ]);
  });
});

describe('the recipients', () => {
  it('are taken once, by the most open of their types, unless they were served before', () => {
    const list =
      "<address type='bcc' jid='b@header1.org'/><address type='cc' jid='B@Header1.org'/><address type='to' jid='c@header1.org'/>" +
      "<address type='to' jid='d@header1.org'/><address type='cc' jid='d@header1.org' delivered='true'/>" +
      "<address type='bcc' jid='e@header1.org' delivered='true'/>";
    const copies = copiesOf(message(list), HEADER1);
    expect(copies.map(({ attrs }) => attrs.to)).toEqual(['b@header1.org', 'c@header1.org']);
    expect(copies.map(listIn).map(linesOf)).toEqual(
      [1, 2].map(() => [
        'cc b@header1.org delivered',
        'cc d@header1.org delivered',
        'to c@header1.org delivered',
      ]),
    );
  });

  it('may be none, when all are served', () => {
    expect(fanOut(message("<address type='to' jid='b@header1.org' delivered='true'/>"), HEADER1)).toEqual(
      ok([]),
    );
  });
});

describe('refused as a whole', () => {
  const one = "<address type='to' jid='b@header1.org'/>";
  const from = (sender: string, list: string) =>
    elementIn(`<message from='${sender}' to='multicast.header1.org'>${listText(list)}</message>`);

  it.each([
    ['a URI', message(`${one}<address type='to' uri='sip:b@header1.org'/>`), 'jid-malformed'],
    ['what is no JID', message(`${one}<address type='to' jid='@header1.org'/>`), 'jid-malformed'],
    [
      'a JID and a URI at once',
      message("<address type='to' jid='b@header1.org' uri='sip:b'/>"),
      'bad-request',
    ],
    ['a node of a URI', message("<address type='replyto' uri='sip:b' node='n'/>"), 'bad-request'],
    ['nobody to answer to', message(`${one}<address type='replyto'/>`), 'bad-request'],
    ['a type of its own', message(`${one}<address type='followup' jid='c@header1.org'/>`), 'bad-request'],
    ['no type', message("<address jid='c@header1.org'/>"), 'bad-request'],
    [
      'no list',
      elementIn("<message from='a@header1.org' to='multicast.header1.org'><body/></message>"),
      'bad-request',
    ],
    [
      'two lists',
      elementIn(
        `<message from='a@header1.org' to='multicast.header1.org'>${listText(one)}${listText(one)}</message>`,
      ),
      'bad-request',
    ],
    ['more than any list can hold', message("<address type='noreply'/>".repeat(10_001)), 'not-acceptable'],
    [
      'a part of the service',
      elementIn(`<message from='a@header1.org' to='multicast.header1.org/x'>${listText(one)}</message>`),
      'item-not-found',
    ],
    ['no sender', elementIn(`<message to='multicast.header1.org'>${listText(one)}</message>`), 'bad-request'],
    [
      'a list in an IQ',
      elementIn(
        `<iq type='set' id='1' from='a@header1.org' to='multicast.header1.org'>${listText(one)}</iq>`,
      ),
      'service-unavailable',
    ],
    [
      'the service as a recipient',
      message("<address type='to' jid='multicast.header1.org'/>"),
      'jid-malformed',
    ],
    ['a stranger for strangers', from('z@evil.org', "<address type='to' jid='c@header2.org'/>"), 'forbidden'],
    [
      'a domain whose name ends alike',
      from('z@notheader1.org', "<address type='to' jid='c@header2.org'/>"),
      'forbidden',
    ],
  ])('%s', (_, stanza, condition) => {
    expect(fanOut(stanza, HEADER1)).toMatchObject({ ok: false, error: { condition } });
  });

  it('who may not use it', () => {
    const configuration = { ...HEADER1, mayUse: (sender: string) => !sender.startsWith('a@') };
    expect(fanOut(message(one), configuration)).toMatchObject({
      ok: false,
      error: { condition: 'forbidden' },
    });
    expect(fanOut(from('b@header1.org', one), configuration).ok).toBe(true);
  });

  it('no sub-domain, which may relay as the domain may', () => {
    expect(
      fanOut(from('verona@groups.header1.org', "<address type='to' jid='c@header2.org'/>"), HEADER1).ok,
    ).toBe(true);
  });

  it('in silence what is an error itself', () => {
    expect(fanOut(message(one, "type='error'"), HEADER1)).toEqual(ok([]));
  });
});
