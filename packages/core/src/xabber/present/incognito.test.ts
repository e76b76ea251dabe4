import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { serialise } from '../../xml/serialise.js';
import { bareJid } from '../testing/clockwork.js';
import { ball, LAURA, named, TYBALT } from '../testing/masks.js';
import { has, only, text } from '../testing/reading.js';
import {
  iqXml,
  JULIET,
  join,
  memberOf,
  messageXml,
  NURSE,
  originIdXml,
  ROMEO,
  VERONA,
  verona,
} from '../testing/scenes.js';
import { MASK } from './incognito.js';

/** What the others get of an element around `payload` in a message of the Nurse's. */
function outcome(payload: string, driver = ball(NURSE, ROMEO, TYBALT, LAURA)): string {
  const element = (inside: string): string => `<p xmlns='urn:example'>${inside}</p>`;
  const [copy] = driver.send(messageXml(NURSE, 'Hello', element(payload)));
  if (copy === undefined) throw new Error('nobody got the message');
  if (!has(copy.stanza, 'p')) return 'left out';
  const shown = serialise(only(copy.stanza, 'p'));
  return shown.includes(MASK) ? shown : 'as it was';
}

describe('what names a user does not get through', () => {
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
    for (const payload of [text, `<a><b c="${text}"/></a>`]) {
      const shown = outcome(payload);
      expect(shown).not.toBe('as it was');
      expect(named(shown)).toEqual([]);
      // Whether he is a member makes no difference: nobody can find out in this way who is one.
      expect(outcome(payload, ball(NURSE))).toBe(shown);
    }
  });

  it.each([
    ['with an element in the middle', 'romeo<b/>@example.com'],
    ['in CDATA, with other text', '<![CDATA[I am romeo@example.com]]>'],
    ['with references', 'I am &#114;omeo&#64;example.com'],
    ['as a namespace', `<a xmlns='xmpp:romeo@example.com'/>`],
    ['behind a mask', '<a>romeo@example.com</a><a>or juliet@example.com</a>'],
    ['of a stranger', 'paris@example.net is not here'],
    ['of a domain that cannot be', 'who@-.-'],
  ])('%s: the element is left out', (_, payload) => {
    expect(outcome(payload)).toBe('left out');
    expect(outcome(payload, ball(NURSE))).toBe('left out');
  });

  it.each([
    ['a text', 'romeo@example.com', MASK],
    ['a text with space around it', ' romeo@example.com/orchard\n', MASK],
    ['an attribute', "<a b='romeo@example.com/x' c='1'/>", `<a b='${MASK}' c='1'/>`],
    ['in CDATA', '<![CDATA[romeo@example.com]]>', MASK],
    ['a stranger', '<a>paris@example.net</a>', `<a>${MASK}</a>`],
    ['another group', '<a>ball@groups.example.org</a>', `<a>${MASK}</a>`],
    [
      'in a forwarded message',
      `<forwarded xmlns='${NS.forward}'><message xmlns='${NS.client}' from='juliet@example.com/b'><body>Ay me</body></message></forwarded>`,
      `<forwarded xmlns='${NS.forward}'><message xmlns='${NS.client}' from='${MASK}'><body>Ay me</body></message></forwarded>`,
    ],
  ])('%s that is a JID and nothing else has a mask', (_, payload, shown) => {
    const whole = `<p xmlns='urn:example'>${shown}</p>`;
    expect([outcome(payload), outcome(payload, ball(NURSE))]).toEqual([whole, whole]);
  });
});

describe('what names no user gets through', () => {
  it.each([
    ['the group', `xmpp:${VERONA}?id=m000000000000002`],
    ['the group alone', VERONA],
    ['a resource of the group', `${VERONA}/Group`],
    ['another group of this host', 'Come to xmpp:ball@Groups.Example.com?join, too.'],
    ['the group at the end of a sentence', `Come to ${VERONA}.`],
    ['a domain', 'example.com'],
    ['a percent sign', '100% @home 50%4 %zz'],
    ['a page of somebody', 'https://example.com/@romeo'],
    ['nothing before it', '@example.com'],
    ['nothing behind it', 'romeo@'],
    ['a space around it', 'romeo @ example.com'],
  ])('%s', (_, text) => {
    expect(outcome(text)).toBe('as it was');
    expect(outcome(`<a b="${text}"/>`)).toBe('as it was');
  });

  it('and everything in a public group', () => {
    const driver = verona();
    join(driver, NURSE);
    expect(outcome('juliet@example.com', driver)).toBe('as it was');
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

describe('an incognito group', () => {
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
