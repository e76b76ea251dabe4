import { describe, expect, it } from 'vitest';
import { elementsOf, type XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { START } from '../testing/clockwork.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { all, has, only, text } from '../testing/reading.js';

import {
  brief,
  grant,
  INCOGNITO,
  iqXml,
  JULIET,
  lastId,
  memberOf,
  messageXml,
  NURSE,
  nickname,
  originIdXml,
  PARIS,
  ROMEO,
  reaching,
  refused,
  SPEAKER,
  single,
  trio,
  VERONA,
  verona,
} from '../testing/scenes.js';

/** Romeo, called `R&J`, has said `Hello` under the id `hello`. */
function household(options?: string): GroupDriver {
  const driver = trio(options);
  nickname(driver, ROMEO, 'R&J');
  driver.send(messageXml(ROMEO, 'Hello', originIdXml('hello'), 'hello'));
  driver.env.now += 60_000;
  return driver;
}

/** As xabber-web sends it: nothing inside has a namespace of its own. */
const replaceXml = (id: string, content = '<body>Good &amp; morrow</body>'): string =>
  `<replace xmlns='${NS.rewrite}' id='${id}'><message>${content}</message></replace>`;

const BOLD = `<reference xmlns='${NS.references}' type='decoration' begin='0' end='4'><bold xmlns='${NS.markup}'/></reference>`;

const replace = (
  driver: GroupDriver,
  from = ROMEO,
  payload = replaceXml(lastId(driver)),
  to = VERONA,
): Sent[] => driver.send(iqXml(from, 'set', payload, to));

const theOneWith = (sent: readonly Sent[], jid: string, name: string): XmlElement => {
  const found = reaching(sent, jid).filter((stanza) => has(stanza, name));
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} of ${name}`);
  return found[0];
};

describe('a message is replaced', () => {
  it.each([SPEAKER, VERONA])('by its author, who asks %s', (to) => {
    const driver = household();
    const sent = replace(driver, ROMEO, undefined, to);
    expect(sent.map(brief)).toEqual([
      'message headline > juliet@example.com',
      'message headline > romeo@example.com',
      'message headline > nurse@example.org',
      'message chat > juliet@example.com',
      'message chat > nurse@example.org',
      `iq result > ${ROMEO}`,
    ]);
    expect(driver.archive.at(-1)?.text).toBe('Good & morrow');
  });

  it('all are told of it as a headline, with the whole message', () => {
    const driver = household();
    const id = lastId(driver);
    const told = theOneWith(
      replace(driver, ROMEO, replaceXml(id, `<body>Good &amp; morrow</body>${BOLD}`)),
      NURSE,
      `replace ${NS.rewriteNotify}`,
    );
    expect(told.attrs.from).toBe(SPEAKER);
    const change = only(told, `replace ${NS.rewriteNotify}`);
    expect(change.attrs).toEqual({
      xmlns: NS.rewriteNotify,
      id,
      version: '1',
      conversation: VERONA,
      type: NS.groups,
    });
    const message = only(change, 'message');
    expect(text(message, 'body')).toBe('R&J:\nGood & morrow');
    expect(all(message, 'stanza-id')[0]?.attrs).toMatchObject({ id, by: VERONA });
    expect(only(message, `replaced ${NS.rewrite}`).attrs.stamp).toBe(
      new Date(START + 60_000).toISOString().replace('Z', '000Z'),
    );
    expect(only(message, 'origin-id').attrs.id).toBe('hello');
    expect(only(message, `x ${NS.groups}`, 'reference').attrs).toMatchObject({ begin: '0', end: '9' });
    // R, &amp; J, colon and line feed stand before it (T11).
    expect(only(message, `reference ${NS.references}`).attrs).toMatchObject({ begin: '9', end: '13' });
    expect(only(message, 'x', 'reference', 'user').attrs.id).toBe(memberOf(driver, ROMEO).id);
  });

  it('other clients are told of it in the words of XEP-0308', () => {
    const driver = household();
    const copy = theOneWith(replace(driver), NURSE, 'body');
    expect(copy.attrs).toMatchObject({ from: VERONA, type: 'chat' });
    expect(copy.attrs.id).not.toBe('hello');
    expect(only(copy, `replace ${NS.messageCorrection}`).attrs.id).toBe('hello');
    expect(text(copy, 'body')).toBe('R&J:\nGood & morrow');
    // By these xabber-web knows that it has the message already.
    expect(only(copy, 'origin-id').attrs.id).toBe('hello');
    expect(only(copy, 'stanza-id').attrs.id).toBe(lastId(driver));
  });

  it('keeps its place in the archive, its ids, and the moment when it came', () => {
    const driver = household();
    const before = driver.archive.at(-1);
    driver.send(messageXml(NURSE, 'Peter!'));
    replace(driver, ROMEO, replaceXml(String(before?.stanzaId)));
    const after = driver.archive.at(-2);
    expect(after).toMatchObject({
      stanzaId: before?.stanzaId,
      id: 'hello',
      originId: 'hello',
      author: before?.author,
    });
    expect(after?.xml.startsWith(`<replaced xmlns='${NS.rewrite}'`)).toBe(true);
  });

  it('may be replaced again', () => {
    const driver = household();
    replace(driver);
    replace(driver, ROMEO, replaceXml(lastId(driver), '<body>Good night</body>'));
    expect(driver.archive.at(-1)?.text).toBe('Good night');
    expect(driver.archive.at(-1)?.xml.match(/<replaced/g)).toHaveLength(1);
    expect(driver.group().rewriteVersion).toBe(2);
  });

  it('in the namespace of messages too, with its own origin-id left out', () => {
    const driver = household();
    replace(
      driver,
      ROMEO,
      `<replace xmlns='${NS.rewrite}' id='${lastId(driver)}'><message xmlns='jabber:client'><body>New</body>${originIdXml('o2')}</message></replace>`,
    );
    expect(driver.archive.at(-1)?.text).toBe('New');
    expect(driver.archive.at(-1)?.xml).not.toContain('o2');
  });

  it('tells no JID in an incognito group', () => {
    const driver = household(INCOGNITO);
    const mention = `<reference xmlns='${NS.reference}' type='mention' uri='xmpp:juliet@example.com'/>`;
    const sent = replace(driver, ROMEO, replaceXml(lastId(driver), `<body>Hi</body>${mention}`));
    for (const { xml } of sent.filter(({ stanza }) => stanza.name === 'message')) {
      expect(xml.replace(/to='[^']*'/, '')).not.toMatch(/(romeo|juliet)@example/);
    }
  });

  it('cannot bring what only the group says', () => {
    const driver = household();
    const forged = `<stanza-id xmlns='${NS.stanzaIds}' by='${VERONA}' id='1'/><x xmlns='${NS.groups}'/>`;
    replace(driver, ROMEO, replaceXml(lastId(driver), `<body>Hi</body>${forged}`));
    expect(driver.archive.at(-1)?.xml.match(/<stanza-id/g)).toHaveLength(1);
    expect(driver.archive.at(-1)?.xml.match(/<x /g)).toHaveLength(1);
  });
});

describe('a replacement is refused (error row 59)', () => {
  it.each([
    ['to another member', NURSE, '405 not-allowed: Only its author can replace a message'],
    ['to the owner', JULIET, '405 not-allowed: Only its author can replace a message'],
    ['to a stranger', PARIS, '405 not-allowed: You are not a member of this group'],
  ])('%s', (_, from, reason) => {
    const driver = household();
    expect(refused(replace(driver, from))).toBe(reason);
    expect(driver.archive.at(-1)?.text).toBe('Hello');
  });

  it.each([
    ['of no message', '1', '<body>Hi</body>', '404 item-not-found: There is no such message in the archive'],
    [
      'with no number',
      'hello',
      '<body>Hi</body>',
      '404 item-not-found: There is no such message in the archive',
    ],
    ['without a text', '1', '<body> </body>', '400 bad-request: The new message has no text'],
    ['with nothing', '1', '', '400 bad-request: The new message has no text'],
  ])('%s', (_, id, content, reason) => {
    expect(refused(replace(household(), ROMEO, replaceXml(id, content)))).toBe(reason);
  });

  it('of what the group said itself', () => {
    const driver = verona();
    expect(refused(replace(driver, JULIET))).toBe('405 not-allowed: Only its author can replace a message');
  });

  it.each([
    ['by who may not write', (driver: GroupDriver) => grant(driver, ROMEO, 'send-messages')],
    [
      'in an inactive group',
      (driver: GroupDriver) => driver.happen({ kind: 'statusChanged', status: 'inactive' }),
    ],
  ])('%s', (_, prepare) => {
    const driver = household();
    prepare(driver);
    expect(replace(driver).map(brief)).toContain(`iq error > ${ROMEO}`);
    expect(driver.archive.at(-1)?.text).toBe('Hello');
  });
});

describe('what holds for messages holds for new texts', () => {
  const file =
    `<reference xmlns='${NS.references}' type='mutable'><file-sharing xmlns='https://xabber.com/protocol/files'>` +
    '<file><media-type>image/png</media-type></file></file-sharing></reference>';

  it('what somebody may not send he may not put into one either', () => {
    const driver = household();
    grant(driver, ROMEO, 'send-images');
    expect(replace(driver, ROMEO, replaceXml(lastId(driver), `<body>Hi</body>${file}`)).map(brief)).toContain(
      `iq error > ${ROMEO}`,
    );
    expect(driver.archive.at(-1)?.text).toBe('Hello');
    expect(replace(driver).map(brief)).toContain(`iq result > ${ROMEO}`);
  });

  it('who may not read is told of none', () => {
    const driver = household();
    grant(driver, NURSE, 'read-messages');
    expect(reaching(replace(driver), NURSE)).toEqual([]);
  });
});

describe('a correction in the words of XEP-0308', () => {
  const correct = (from: string, id: string, origin = 'new-1'): string =>
    messageXml(
      from,
      'Good morrow',
      `<replace xmlns='${NS.messageCorrection}' id='${id}'/>${originIdXml(origin)}`,
      origin,
    );

  it('of the own message replaces it', () => {
    const driver = household();
    const sent = driver.send(correct(ROMEO, 'hello'));
    expect(sent.map(brief)).toEqual([
      'message headline > juliet@example.com',
      'message headline > romeo@example.com',
      'message headline > nurse@example.org',
      'message chat > juliet@example.com',
      'message chat > nurse@example.org',
    ]);
    expect(driver.archive.map(({ text: kept }) => kept).slice(-1)).toEqual(['Good morrow']);
    expect(only(theOneWith(sent, NURSE, 'body'), 'replace').attrs.id).toBe('hello');
    expect(driver.archive).toHaveLength(4);
  });

  it('has the ids of the original where they make it no repetition', () => {
    const driver = household();
    const copy = theOneWith(driver.send(correct(ROMEO, 'hello')), NURSE, 'body');
    const original = driver.archive.at(-1);
    expect(all(copy, `stanza-id ${NS.stanzaIds}`)).toEqual([]);
    expect(all(copy, `origin-id ${NS.stanzaIds}`)).toEqual([]);
    expect(only(copy, `stanza-id ${NS.rewrite}`).attrs).toMatchObject({
      by: VERONA,
      id: String(original?.stanzaId),
    });
    expect(only(copy, `origin-id ${NS.rewrite}`).attrs.id).toBe(original?.originId);
  });

  it('of one without an origin-id too', () => {
    const driver = household();
    driver.send(messageXml(ROMEO, 'Agian', '', 'plain-1'));
    driver.send(correct(ROMEO, 'plain-1'));
    expect(driver.archive.at(-1)?.text).toBe('Good morrow');
    expect(driver.archive).toHaveLength(5);
  });

  it.each([
    ["of another's message", 'hello'],
    ['of no message', 'nothing'],
  ])('%s is a message like any other', (_, id) => {
    const driver = household();
    const sent = driver.send(correct(NURSE, id));
    expect(sent.map(brief)).toEqual([
      'message chat > juliet@example.com',
      'message chat > romeo@example.com',
      'message headline > nurse@example.org',
    ]);
    for (const { xml } of sent) expect(xml).not.toContain(NS.messageCorrection);
    expect(driver.archive.slice(-2).map((message) => message.text)).toEqual(['Hello', 'Good morrow']);
  });

  it('is refused to who may not write', () => {
    const driver = household();
    grant(driver, ROMEO, 'send-messages');
    expect(driver.send(correct(ROMEO, 'hello')).map(brief)).toContain(`message error > ${ROMEO}`);
    expect(driver.archive.at(-1)?.text).toBe('Hello');
  });
});

describe('reactions in the words of XEP-0444', () => {
  const reactXml = (from: string, id: string, more = ''): string =>
    `<message from='${from}' to='${VERONA}' type='chat' id='re1'>` +
    `<reactions xmlns='${NS.reactions}' id='${id}'><reaction>👋</reaction></reactions>` +
    `<store xmlns='${NS.hints}'/>${originIdXml('re1')}${more}</message>`;

  it('go to all with the card of who reacts, and into the archive, without a text', () => {
    const driver = household();
    const sent = driver.send(reactXml(NURSE, 'hello'));
    expect(sent.map(brief)).toEqual([
      'message chat > juliet@example.com',
      'message chat > romeo@example.com',
      'message headline > nurse@example.org',
    ]);
    const [copy] = reaching(sent, ROMEO);
    if (copy === undefined) throw new Error('no copy');
    expect(has(copy, 'body') || has(copy, 'fallback')).toBe(false);
    expect(only(copy, `reactions ${NS.reactions}`).attrs.id).toBe('hello');
    expect(only(copy, 'x', 'reference', 'user').attrs.id).toBe(memberOf(driver, NURSE).id);
    expect(only(copy, 'x', 'reference').attrs.end).toBeUndefined();
    expect(driver.archive.at(-1)).toMatchObject({ text: '', originId: 're1' });
  });

  it('by the id of the archive reach the others under the id that all clients know', () => {
    const driver = household();
    const [copy] = driver.send(reactXml(NURSE, lastId(driver)));
    expect(copy && only(copy.stanza, 'reactions').attrs.id).toBe('hello');
  });

  it('are refused to who may not write', () => {
    const driver = household();
    grant(driver, NURSE, 'send-messages');
    expect(driver.send(reactXml(NURSE, 'hello')).map(brief)).toContain(`message error > ${NURSE}`);
  });

  it('again are the same ones', () => {
    const driver = household();
    driver.send(reactXml(NURSE, 'hello'));
    expect(single(driver.send(reactXml(NURSE, 'hello'))).attrs.type).toBe('headline');
  });
});

describe('an answer in the words of XEP-0461', () => {
  const answer = (driver: GroupDriver, to: string, id: string): XmlElement => {
    const quote =
      `<reply xmlns='${NS.reply}' to='${to}' id='${id}'/>` +
      `<fallback xmlns='${NS.fallback}' for='${NS.reply}'><body start='0' end='8'/></fallback>`;
    const [copy] = driver.send(messageXml(NURSE, '> Hello\nHi', quote));
    if (copy === undefined) throw new Error('no copy');
    return copy.stanza;
  };

  it.each([
    ['as clients know it', () => 'hello', 'hello'],
    ['by the id of the archive', lastId, 'hello'],
    ['by an id that is not known', () => '77', '77'],
  ])('names the message %s, and the group as its author', (_, id, expected) => {
    const driver = household();
    const copy = answer(driver, 'romeo@example.com/orchard', id(driver));
    expect(only(copy, `reply ${NS.reply}`).attrs).toMatchObject({ id: expected, to: VERONA });
    const range = all(copy, 'fallback').find(({ attrs }) => attrs.for === NS.reply);
    const header = [...'nurse@example.org:\n'].length;
    expect(range && only(range, 'body').attrs).toMatchObject({
      start: String(header),
      end: String(header + 8),
    });
  });

  it('stays in an incognito group, without the JID', () => {
    const copy = answer(household(INCOGNITO), 'romeo@example.com/orchard', 'hello');
    expect(only(copy, 'reply').attrs.to).toBe(VERONA);
    expect(elementsOf(copy).length).toBeGreaterThan(3);
  });
});
