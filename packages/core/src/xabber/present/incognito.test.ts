import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { escapeAttribute } from '../../xml/serialise.js';
import { bareJid } from '../testing/clockwork.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { askAvatarXml, avatarXml, imageXml, pictureOf } from '../testing/pictures.js';
import { has, only, text } from '../testing/reading.js';
import {
  bare,
  INCOGNITO,
  iqXml,
  JULIET,
  join,
  memberOf,
  messageXml,
  nickname,
  originIdXml,
  presenceXml,
  ROMEO,
  VERONA,
  verona,
} from '../testing/scenes.js';

/** JIDs with all that a localpart may have: what separates words elsewhere, other scripts. */
const TYBALT = 'ty=b,a(lt)?@example.com/blade';
const LAURA = 'лаура@пример.example/двор';
const MASKS = [JULIET, ROMEO, TYBALT, LAURA];

function ball(...users: readonly string[]): GroupDriver {
  const driver = verona(INCOGNITO);
  join(driver, ...users);
  return driver;
}

/** Whether `payload` in a message of Romeo's reaches the others. */
function passes(payload: string, driver = ball(ROMEO, TYBALT, LAURA)): boolean {
  const [copy] = driver.send(messageXml(ROMEO, 'Hello', `<p xmlns='urn:example'>${payload}</p>`));
  return copy !== undefined && has(copy.stanza, 'p');
}

describe('what names a member does not get through', () => {
  const texts: readonly [title: string, text: string][] = [
    ['his JID', 'romeo@example.com'],
    ['with a resource', 'romeo@example.com/orchard'],
    ['in capitals', 'ROMEO@Example.COM'],
    ['in a link', 'xmpp:romeo@example.com?message'],
    ['in a mention', `xmpp:${VERONA}?jid=romeo@example.com`],
    ['percent-encoded', 'xmpp:romeo%40example.com'],
    ['percent-encoded, all of it', 'xmpp:%72%6f%6d%65%6F%40%65xample.com'],
    ['percent-encoded twice', 'romeo%2540example.com'],
    ['percent-encoded thrice', 'romeo%252540example.com'],
    ['percent-encoded beside what is no UTF-8', '%FF romeo%40example.com'],
    ['as a gateway writes it', 'romeo\\40example.com@irc.example.org'],
    ['with a character reference', 'romeo&amp;#64;example.com'],
    ['with a hexadecimal reference', 'romeo&amp;#x40;example.com'],
    ['with a reference of a reference', 'romeo&amp;amp;#64;example.com'],
    ['with a full stop', 'Ask romeo@example.com.'],
    ['with the next sentence', 'Ask romeo@example.com.Then go'],
    ['with an exclamation mark', 'Ask romeo@example.com!'],
    ['with a hyphen', 'romeo@example.com-and others'],
    ['with dashes around it', '—romeo@example.com—'],
    ['in brackets', '(romeo@example.com) [romeo@example.com] {romeo@example.com}'],
    ['in quotes', '»romeo@example.com«'],
    ['in Markdown', '**romeo@example.com**'],
    ['behind another', 'nobody@romeo@example.com'],
    ['before another', 'romeo@example.com@nobody'],
    ['in a text without spaces', '联系romeo@example.com的'],
    ['behind a letter', 'xromeo@example.com'],
    ['in fullwidth letters', 'ｒｏｍｅｏ@example.com'],
    ['of a localpart with signs', 'a=ty=b,a(lt)?@example.com'],
    ['of a localpart in Cyrillic', 'xmpp:ЛАУРА@пример.example'],
    ['of a localpart in Cyrillic, percent-encoded', encodeURI('xmpp:лаура@пример.example')],
    ['of a domain in Cyrillic, as an A-label', 'лаура@xn--e1afmkfd.example'],
    ['of a domain with other dots', 'лаура@пример。example'],
  ];
  it.each(texts)('%s, as text and as attribute', (_, text) => {
    expect(passes(text)).toBe(false);
    expect(passes(`<a><b c="${text}"/></a>`)).toBe(false);
  });

  it.each([
    ['with an element in the middle', 'romeo<b/>@example.com'],
    ['in CDATA', '<![CDATA[romeo@example.com]]>'],
    ['with references', '&#114;omeo&#64;example.com'],
    ['as a namespace', `<a xmlns='xmpp:romeo@example.com'/>`],
    ['of the owner', '<a>juliet@example.com</a>'],
    [
      'in a forwarded message',
      `<forwarded xmlns='${NS.forward}'><message xmlns='${NS.client}' from='juliet@example.com/b'/></forwarded>`,
    ],
  ])('%s', (_, payload) => {
    expect(passes(payload)).toBe(false);
  });

  it('whether he is a member, was one or is about to be', () => {
    const driver = ball(ROMEO);
    driver.send(presenceXml(TYBALT, 'subscribe'));
    expect(passes(bare(TYBALT), driver)).toBe(false);
    driver.send(presenceXml(TYBALT, 'subscribed'));
    driver.send(presenceXml(TYBALT, 'unsubscribe'));
    expect(passes(bare(TYBALT), driver)).toBe(false);
  });
});

describe('what names no member gets through', () => {
  it.each([
    ['a stranger', 'paris@example.com'],
    ['a member of another domain', 'romeo@example.org'],
    ['a longer domain', 'romeo@example.community'],
    ['a sub-domain', 'romeo@pda.example.com'],
    ['a longer localpart', 'romeo2@example.com'],
    ['the group', `xmpp:${VERONA}?id=m000000000000002`],
    ['a percent sign', '100% @home 50%4 %zz'],
    ['octets that are no UTF-8', '%FF%FE@example.com'],
    ['a reference of no character', '&amp;#x999999;@example.com'],
    ['nothing before it', '@example.com'],
    ['nothing behind it', 'romeo@'],
  ])('%s', (_, text) => {
    expect(passes(text)).toBe(true);
    expect(passes(`<a b="${text}"/>`)).toBe(true);
  });

  it('and everything in a public group', () => {
    const driver = verona();
    join(driver, ROMEO);
    expect(passes('juliet@example.com', driver)).toBe(true);
  });

  it('also in the body: what somebody types there is his own affair', () => {
    const [copy] = ball(ROMEO).send(messageXml(ROMEO, 'I am romeo@example.com'));
    expect(copy && text(copy.stanza, 'body')).toContain('I am romeo@example.com');
  });
});

describe('ids that clients make of the JID', () => {
  it('are replaced, and the message is still known when it comes again', () => {
    const driver = ball(ROMEO);
    const message = messageXml(ROMEO, 'Hello', originIdXml('romeo@example.com/7'), 'romeo@example.com/7');
    const [copy, echo] = driver.send(message);
    expect(copy?.stanza.attrs.id).toMatch(/^id-\d+$/);
    expect(copy && has(copy.stanza, 'origin-id')).toBe(false);
    expect(echo && only(echo.stanza, 'x', 'message').children).toEqual(copy?.stanza.children);
    expect(driver.send(message)).toHaveLength(1);
  });

  it('give way to each other', () => {
    const [copy] = ball(ROMEO).send(messageXml(ROMEO, 'Hello', originIdXml('o1'), 'romeo%40example.com'));
    expect(copy && [copy.stanza.attrs.id, only(copy.stanza, 'origin-id').attrs.id]).toEqual(['o1', 'o1']);
  });

  it('as well as languages', () => {
    const [copy] = ball(ROMEO).send(
      `<message from='${ROMEO}' to='${VERONA}' type='chat'><body xml:lang='juliet@example.com'>Hi</body></message>`,
    );
    expect(copy && only(copy.stanza, 'body').attrs['xml:lang']).toBeUndefined();
  });

  it('stay in a public group', () => {
    const driver = verona();
    join(driver, ROMEO);
    const [copy] = driver.send(messageXml(ROMEO, 'Hello', '', 'romeo@example.com/7'));
    expect(copy?.stanza.attrs.id).toBe('romeo@example.com/7');
  });
});

/** The ways in which a JID is written; in lower case each of them can be looked for in any text. */
const SPELLINGS: readonly ((jid: string) => string)[] = [
  (jid) => jid,
  (jid) => jid.toUpperCase(),
  (jid) => jid.replace('@', '%40'),
  (jid) => jid.replace('@', '%2540'),
  (jid) => jid.replace('@', '\\40'),
  (jid) => encodeURI(jid),
  (jid) => encodeURIComponent(jid),
];

/** Where a client may put it. */
const PLACES: readonly ((address: string) => string)[] = [
  (address) => `<p xmlns='urn:example'>see ${address}, please</p>`,
  (address) => `<p xmlns='urn:example' by="${address}/home"/>`,
  (address) => `<stanza-id xmlns='${NS.stanzaIds}' by="${address}" id='7'/>`,
  (address) =>
    `<reference xmlns='${NS.references}' type='decoration' begin='0' end='2'>` +
    `<mention xmlns='${NS.markup}'>xmpp:${VERONA}?jid=${address}</mention></reference>`,
  (address) =>
    `<reference xmlns='urn:xmpp:reference:0' type='mention' begin='0' end='2' uri="xmpp:${address}"/>`,
  (address) =>
    `<forwarded xmlns='${NS.forward}'><message xmlns='${NS.client}' from="${address}/x"><body>Hm</body></message></forwarded>`,
  (address) => `<addresses xmlns='${NS.addresses}'><address type='ofrom' jid="${address}"/></addresses>`,
  (address) => `<x xmlns='jabber:x:oob'><url>https://example.com/?u=${address}</url></x>`,
];

const person = fc.constantFrom(...MASKS);

const action = fc.record({
  who: person,
  about: person,
  what: fc.constantFrom(
    'subscribe',
    'subscribed',
    'unsubscribe',
    'available',
    'probe',
    'message',
    'message with ids',
    'members',
    'member',
    'rights',
    'archive',
    'search',
    'vcard',
    'info',
    'profile',
    'nickname',
    'badge',
    'avatar',
    'avatar of the account',
    'correction',
    'answer',
    'reactions',
    'displayed',
    'retract',
    'replace',
    'rewrites',
    'old members',
    'old member',
    'old message',
    'old presence',
  ),
  spell: fc.constantFrom(...SPELLINGS),
  place: fc.constantFrom(...PLACES),
});

type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

function act(driver: GroupDriver, { who, about, what, spell, place }: Action): Sent[] {
  const address = escapeAttribute(spell(bare(about)));
  const archive = (name: string, value: string): string =>
    iqXml(
      who,
      'set',
      `<query xmlns='${NS.mam}' queryid='q'><x xmlns='jabber:x:data' type='submit'>` +
        `<field var='${name}'><value>${value}</value></field></x></query>`,
    );
  switch (what) {
    case 'message':
      return driver.send(messageXml(who, 'Hello', place(address)));
    case 'message with ids':
      return driver.send(
        messageXml(who, 'Hello', `<origin-id xmlns='${NS.stanzaIds}' id="${address}"/>`, about),
      );
    case 'members':
      return driver.send(iqXml(who, 'get', `<query xmlns='${NS.groupsMembers}' version='1'/>`));
    case 'member': {
      const id = [...driver.group().members.values()].find(({ jid }) => jid === bare(about))?.id ?? 'nobody';
      return driver.send(iqXml(who, 'get', `<query xmlns='${NS.groupsMembers}' id='${id}'/>`));
    }
    case 'old members':
      return driver.send(iqXml(who, 'get', `<query xmlns='${NS.groupsV0Members}' version='1'/>`));
    case 'old member': {
      const id = [...driver.group().members.values()].find(({ jid }) => jid === bare(about))?.id ?? 'nobody';
      return driver.send(iqXml(who, 'get', `<query xmlns='${NS.groupsV0Members}' id='${id}'/>`));
    }
    case 'old message':
      return driver.send(messageXml(who, 'Hello', `<request xmlns='${NS.deliveryV0}'/>${place(address)}`));
    case 'old presence':
      return driver.send(presenceXml(who, undefined, `<x xmlns='${NS.groupsV0}#present'/>`));
    case 'nickname':
    case 'badge': {
      const id = what === 'nickname' ? '' : [...driver.group().members.values()].at(-1)?.id;
      const card = `<user xmlns='${NS.groups}' id='${id}'><${what}>I am ${address}</${what}></user>`;
      return driver.send(iqXml(who, 'set', `<query xmlns='${NS.groupsMembers}'>${card}</query>`));
    }
    case 'avatar': {
      const rose = pictureOf('a rose');
      return [
        ...driver.send(imageXml(who, '', rose, address)),
        ...driver.send(imageXml(who, '', rose)),
        ...driver.send(
          avatarXml(
            who,
            '',
            rose.textSha1,
            `<info id='${rose.textSha1}' type='${address}' url="${address}"/>`,
          ),
        ),
        ...driver.send(askAvatarXml(who, 'metadata', '')),
      ];
    }
    case 'avatar of the account':
      return driver.send(
        `<message from='${who}' to='${VERONA}' type='headline'><event xmlns='${NS.pubsubEvent}'>` +
          `<items node='${NS.avatarMetadata}'><item id='${address}'><metadata xmlns='${NS.avatarMetadata}'>` +
          `<info id='${address}'/></metadata></item></items></event></message>`,
      );
    case 'rights':
      return driver.send(
        iqXml(who, 'get', `<query xmlns='${NS.groupsRights}'><user xmlns='${NS.groups}' id=''/></query>`),
      );
    case 'archive':
      return driver.send(archive('with', address));
    case 'search':
      return driver.send(archive('withtext', ''));
    case 'vcard':
      return driver.send(iqXml(who, 'get', `<vCard xmlns='vcard-temp'/>`));
    case 'info':
      return driver.send(iqXml(who, 'get', `<query xmlns='${NS.discoInfo}'/>`));
    case 'profile':
      return nickname(driver, who, bare(who));
    case 'correction':
      return driver.send(
        messageXml(who, 'Hi', `<replace xmlns='${NS.messageCorrection}' id="${address}"/>`, about),
      );
    case 'answer':
      return driver.send(
        messageXml(who, 'Hi', `<reply xmlns='${NS.reply}' to="${address}" id="${address}"/>`),
      );
    case 'reactions':
      return driver.send(
        `<message from='${who}' to='${VERONA}'><reactions xmlns='${NS.reactions}' id="${address}"/></message>`,
      );
    case 'displayed':
      return driver.send(
        `<message from='${who}' to='${VERONA}'><displayed xmlns='${NS.chatMarkers}' id="${address}"/></message>`,
      );
    case 'retract':
      return driver.send(
        `<message from='${who}' to='${VERONA}'><retract xmlns='${NS.messageRetraction}' id="${address}"/></message>`,
      );
    case 'replace': {
      const id = driver.archive.findLast(({ author }) => author === memberOf(driver, who).id)?.stanzaId;
      const payload = `<replace xmlns='${NS.rewrite}' id='${id}'><message><body>Hi</body>${place(address)}</message></replace>`;
      return driver.send(iqXml(who, 'set', payload));
    }
    case 'rewrites':
      return driver.send(iqXml(who, 'get', `<query xmlns='${NS.rewrite}' version='0'/>`));
    default:
      return driver.send(presenceXml(who, what === 'available' ? undefined : what));
  }
}

/** Who is named in a stanza. The only spelling that an XML reader undoes is that of XML. */
const named = (xml: string): string[] => {
  const lower = xml.replaceAll('&apos;', "'").replaceAll('&amp;', '&').toLowerCase();
  return MASKS.filter((jid) => SPELLINGS.some((spell) => lower.includes(spell(bare(jid)).toLowerCase())));
};

/** What says who the members are, in either generation of the protocol. */
const LISTS = [NS.groupsMembers, NS.groupsV0Members, NS.groupsV0Rights];

describe('an incognito group', () => {
  it('tells nobody the JID of another, whatever its members do and send', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const driver = ball(ROMEO, TYBALT, LAURA);
        for (const next of actions) {
          for (const { to, xml, stanza } of act(driver, next)) {
            // An error brings back what its recipient has sent; the owner may see who the members are.
            if (stanza.attrs.type === 'error') continue;
            if (bare(to) === bare(JULIET) && LISTS.some((list) => has(stanza, `query ${list}`))) continue;
            expect(named(xml).filter((jid) => bare(jid) !== bare(to))).toEqual([]);
          }
          // The last one who leaves ends the group.
          if (!driver.exists()) break;
        }
        for (const { xml, text: searched } of driver.archive) {
          expect([named(xml), named(searched)]).toEqual([[], []]);
        }
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('shows the owner who its members are, and a member himself', () => {
    const driver = ball(ROMEO);
    const list = `<query xmlns='${NS.groupsMembers}' version='0'/>`;
    const jids = (asker: string): string[] =>
      driver
        .send(iqXml(asker, 'get', list))
        .flatMap(({ xml }) => [...xml.matchAll(/<jid>([^<]*)/g)].map(String));
    expect(jids(JULIET)).toHaveLength(2);
    expect(jids(ROMEO)).toEqual(['<jid>romeo@example.com,romeo@example.com']);
    expect(memberOf(driver, ROMEO).jid).toBe(bareJid('romeo@example.com'));
  });
});
