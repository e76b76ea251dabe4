import { describe, expect, it } from 'vitest';
import { elementsOf, type XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { escapeText, serialise } from '../../xml/serialise.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { pictureOf } from '../testing/pictures.js';
import { all, only, text, texts } from '../testing/reading.js';
import {
  INCOGNITO,
  JULIET,
  join,
  memberOf,
  messageXml,
  nickname,
  originIdXml,
  ROMEO,
  VERONA,
  verona,
} from '../testing/scenes.js';

/** The copy that Juliet gets of what Romeo sends; he is called `name`. */
function copyOf(payload: string, name = 'Romeo', driver: GroupDriver = verona()): XmlElement {
  join(driver, ROMEO);
  nickname(driver, ROMEO, name);
  const [copy] = driver.send(messageXml(ROMEO, 'Romeo look &amp; see', payload));
  if (copy === undefined) throw new Error('no copy');
  return copy.stanza;
}

const reference = (attrs: string, content = ''): string =>
  `<reference xmlns='${NS.references}' ${attrs}>${content}</reference>`;

const bold = `<bold xmlns='${NS.markup}'/>`;

/** The author's own references, i.e. not that of the card. */
const referencesIn = (copy: XmlElement): XmlElement[] => all(copy, `reference ${NS.references}`);

/** Nicknames, with the code points of `Nickname:\n` as it is and as it is escaped. */
const NAMES: readonly [name: string, plain: number, escaped: number][] = [
  ['Romeo', 7, 7],
  ['Ромео', 7, 7],
  ['R&J', 5, 9],
  ['<b>', 5, 11],
  [`"R" 'J'`, 9, 29],
  ['Rose🌹', 7, 7],
  ['👨‍👩‍👧', 7, 7],
  ['e\u0301 \u00e9', 6, 6],
  ['&amp;', 7, 11],
];

describe('the header', () => {
  it.each(NAMES)('of %s spans its code points (T11)', (name, plain, escaped) => {
    const header = `${name}:\n`;
    expect([
      [...header].length,
      [...escapeText(header).replaceAll('"', '&quot;').replaceAll("'", '&apos;')].length,
    ]).toEqual([plain, escaped]);
    const copy = copyOf(reference(`type='decoration' begin='6' end='10'`, bold), name);
    expect(text(copy, 'body')).toBe(`${name}:\nRomeo look & see`);
    const card = only(copy, `x ${NS.groups}`, `reference ${NS.references}`);
    expect([card.attrs.type, card.attrs.begin, card.attrs.end]).toEqual(['mutable', '0', String(escaped)]);
    expect([...text(copy, 'body')].slice(plain).join('')).toBe('Romeo look & see');
    // Its range as a fallback (XEP-0428) would be another element <body/>, which Converse.js takes for the text.
    expect(all(copy, `fallback ${NS.fallback}`)).toEqual([]);
    const [shifted] = referencesIn(copy);
    expect([shifted?.attrs.begin, shifted?.attrs.end]).toEqual([String(6 + escaped), String(10 + escaped)]);
  });

  it('stands in front of each body, with its language', () => {
    const driver = verona();
    join(driver, ROMEO);
    nickname(driver, ROMEO, 'Romeo');
    const [copy] = driver.send(
      `<message from='${ROMEO}' to='${VERONA}' id='a' type='chat'><body xml:lang='it'>Ciao</body><body xml:lang='en'>Hi</body><body>Hello</body></message>`,
    );
    expect(copy && texts(copy.stanza, 'body')).toEqual(['Romeo:\nCiao', 'Romeo:\nHi', 'Romeo:\nHello']);
    expect(copy && all(copy.stanza, 'body').map(({ attrs }) => attrs['xml:lang'])).toEqual([
      'it',
      'en',
      undefined,
    ]);
    expect(driver.archive.at(-1)?.text).toBe('Ciao');
  });

  it('is the JID while the nickname is not known, in an incognito group the random name', () => {
    const driver = verona();
    join(driver, ROMEO);
    const [copy] = driver.send(messageXml(ROMEO, 'Hello'));
    expect(copy && text(copy.stanza, 'body')).toBe('romeo@example.com:\nHello');
    const masked = verona(INCOGNITO);
    join(masked, ROMEO);
    const [masqued] = masked.send(messageXml(ROMEO, 'Hello'));
    expect(masqued && text(masqued.stanza, 'body')).toBe(`${memberOf(masked, ROMEO).nickname}:\nHello`);
  });
});

describe('the card', () => {
  it('tells who wrote it', () => {
    const driver = verona();
    const picture = pictureOf('a rose');
    const avatar = { id: 'a1b2', bytes: 8211, type: 'image/png', url: 'https://example.com/a1b2' };
    const romeo = join(driver, ROMEO) && memberOf(driver, ROMEO);
    driver.command({ kind: 'profile', from: romeo.jid, avatar, image: picture.base64 });
    const user = only(copyOf('', 'R&J', driver), 'x', 'reference', `user ${NS.groups}`);
    expect(user.attrs.id).toBe(romeo.id);
    expect(elementsOf(user).map(({ name }) => name)).toEqual([
      'jid',
      'role',
      'nickname',
      'badge',
      'metadata',
    ]);
    expect(['jid', 'role', 'nickname', 'badge'].map((name) => text(user, name))).toEqual([
      'romeo@example.com',
      'member',
      'R&J',
      '',
    ]);
    expect(only(user, `metadata ${NS.avatarMetadata}`, 'info').attrs).toEqual({
      id: 'a1b2',
      bytes: String(picture.bytes),
      type: 'image/png',
    });
  });

  it('has no JID in an incognito group', () => {
    const driver = verona(INCOGNITO);
    join(driver, ROMEO);
    const [copy] = driver.send(messageXml(ROMEO, 'Hello'));
    const user = copy && only(copy.stanza, 'x', 'reference', 'user');
    expect(user && elementsOf(user).map(({ name }) => name)).toEqual([
      'assigned-jid',
      'role',
      'nickname',
      'badge',
      'metadata',
    ]);
  });

  it.each([
    ['owner', 'owner'],
    ['change-group', 'admin'],
    ['delete-messages', 'admin'],
    ['send-voice', 'member'],
  ] as const)('of somebody with the right %s has the role %s', (right, role) => {
    const driver = verona();
    join(driver, ROMEO);
    const { id } = memberOf(driver, ROMEO);
    driver.happen({ kind: 'rightGranted', member: id, right, until: 0, version: driver.group().version + 1 });
    expect(text(copyOf('', 'Romeo', driver), 'x', 'reference', 'user', 'role')).toBe(role);
  });

  it('in the archive stays as it was, whatever its member is called later', () => {
    const driver = verona();
    copyOf('', 'Romeo', driver);
    const kept = structuredClone(driver.archive);
    nickname(driver, ROMEO, 'Montague');
    driver.send(messageXml(ROMEO, 'Call me but love'));
    expect(driver.archive.slice(0, -1)).toEqual(kept);
    expect(driver.archive.at(-2)?.xml).toContain('<nickname>Romeo</nickname>');
    expect(driver.archive.at(-1)?.xml).toContain('<nickname>Montague</nickname>');
  });
});

describe('a reference of the author', () => {
  const kept: readonly [title: string, xml: string, begin: string | undefined, end: string | undefined][] = [
    ['a mention', reference(`type='decoration' begin='0' end='5'`, bold), '7', '12'],
    ['one of a file, without range', reference(`type='mutable'`), undefined, undefined],
    ['with a begin alone', reference(`type='mutable' begin='3'`), '3', undefined],
    ['an empty range', reference(`type='decoration' begin='4' end='4'`), '11', '11'],
    ['without a type', reference(`begin='1' end='2'`), '8', '9'],
  ];
  it.each(kept)('%s stays, with the range moved', (_, xml, begin, end) => {
    const [moved, ...more] = referencesIn(copyOf(xml));
    expect(more).toEqual([]);
    expect([moved?.attrs.begin, moved?.attrs.end]).toEqual([begin, end]);
  });

  it('keeps what nobody knows of', () => {
    const content = `<x xmlns='urn:example' a='&lt;1&gt;'>text &amp; <y/></x>`;
    const [moved] = referencesIn(copyOf(reference(`type='data' begin='0' end='5' uri='urn:a' `, content)));
    expect(moved?.attrs.uri).toBe('urn:a');
    expect(moved && only(moved, 'x urn:example').attrs.a).toBe('<1>');
    expect(moved && text(moved, 'x')).toBe('text & ');
  });

  it.each([
    ['of type groupchat', reference(`type='groupchat' begin='0' end='5'`)],
    ['with a begin that is no number', reference(`type='mutable' begin='x' end='5'`)],
    ['with a negative begin', reference(`type='mutable' begin='-7' end='5'`)],
  ])('%s goes', (_, xml) => {
    expect(referencesIn(copyOf(xml))).toEqual([]);
  });
});

describe('a fallback range of the author', () => {
  const fallback = (content: string): string =>
    `<fallback xmlns='${NS.fallback}' for='urn:xmpp:reply:0'>${content}</fallback>`;
  const cases: readonly [
    title: string,
    content: string,
    ranges: readonly (readonly (string | undefined)[])[],
  ][] = [
    ['is moved', `<body start='0' end='5'/>`, [['5', '10']]],
    [
      'each of several is moved',
      `<body start='0' end='2'/><body start='4' end='6'/>`,
      [
        ['5', '7'],
        ['9', '11'],
      ],
    ],
    ['to the end is moved', `<body start='6'/>`, [['11', undefined]]],
    ['from the beginning begins behind the header', `<body end='5'/>`, [['5', '10']]],
    ['of the whole body stays so', '<body/>', [[undefined, undefined]]],
    ['that is no number stays', `<body start='a' end='b'/>`, [['a', 'b']]],
  ];
  it.each(cases)('%s', (_, content, ranges) => {
    const own = only(
      copyOf(fallback(`${content}<subject start='1' end='2'/>`), '&:)'),
      `fallback ${NS.fallback}`,
    );
    expect(own.attrs.for).toBe('urn:xmpp:reply:0');
    expect(all(own, 'body').map(({ attrs }) => [attrs.start, attrs.end])).toEqual(ranges);
    expect(only(own, 'subject').attrs).toMatchObject({ start: '1', end: '2' });
  });

  it('cannot pass for the header', () => {
    const forged = `<fallback xmlns='${NS.fallback}' for='${NS.groups}'><body start='0' end='9'/></fallback>`;
    expect(all(copyOf(forged), `fallback ${NS.fallback}`)).toEqual([]);
  });
});

describe('what points into the text in the words of the XMPP Standards Foundation', () => {
  const standard = (attrs: string): string => `<reference xmlns='${NS.reference}' type='mention' ${attrs}/>`;
  it.each([
    ['a mention', standard(`begin='0' end='5' uri='xmpp:a@b'`), '5', '10'],
    ['one without a range', standard(`uri='xmpp:a@b'`), undefined, undefined],
    ['one that is no number stays', standard(`begin='a' end='5'`), 'a', '5'],
  ])('%s counts characters that are not escaped (XEP-0372)', (_, xml, begin, end) => {
    const moved = only(copyOf(xml, '&:)'), `reference ${NS.reference}`);
    expect([moved.attrs.begin, moved.attrs.end]).toEqual([begin, end]);
  });

  it('markup too (XEP-0394)', () => {
    const marks =
      `<span start='0' end='5'><emphasis/></span><bcode start='6' end='10'/>` +
      `<list start='0' end='10'><li start='0'/><li start='6'/></list><bquote start='1' end='2'/>`;
    const copy = copyOf(`<markup xmlns='${NS.messageMarkup}'>${marks}</markup>`, '&:)');
    const moved = only(copy, `markup ${NS.messageMarkup}`);
    const ranges = ['span', 'bcode', 'list', 'bquote'].map((name) => {
      const { start, end } = only(moved, name).attrs;
      return `${name} ${start}-${end}`;
    });
    expect(ranges).toEqual(['span 5-10', 'bcode 11-15', 'list 5-15', 'bquote 6-7']);
    expect(all(moved, 'list', 'li').map(({ attrs }) => attrs.start)).toEqual(['5', '11']);
    expect(only(moved, 'span').children).toHaveLength(1);
  });

  it('markup that cannot be read stays as it is', () => {
    const copy = copyOf(`<markup xmlns='${NS.messageMarkup}'><span start='a'/></markup>`);
    expect(only(copy, 'markup', 'span').attrs.start).toBe('a');
  });
});

describe('files, voice and forwarded messages (row 43)', () => {
  const FILES = 'https://xabber.com/protocol/files';
  const sharing =
    `<file-sharing xmlns='${FILES}'><file><media-type>image/png</media-type><name>a&amp;b.png</name></file>` +
    '<sources><uri>https://example.com/a</uri></sources></file-sharing>';
  it.each([
    ['a file', sharing],
    [
      'a voice message',
      `<voice-message xmlns='https://xabber.com/protocol/voice-messages'>${sharing}</voice-message>`,
    ],
    [
      'a forwarded message',
      `<forwarded xmlns='${NS.forward}'><delay xmlns='${NS.delay}' stamp='2021-04-15T14:05:45Z'/>` +
        `<message xmlns='${NS.client}' from='paris@example.net' to='juliet@example.com' type='chat'><body>Hm</body></message></forwarded>`,
    ],
    ['a place', `<geoloc xmlns='http://jabber.org/protocol/geoloc'><lat>45.44</lat></geoloc>`],
  ])('%s stays as it was', (_, xml) => {
    const [moved] = referencesIn(copyOf(reference(`type='mutable' begin='0' end='5'`, xml)));
    const alone = referencesIn(copyOf(reference(`type='mutable'`, xml)))[0];
    expect([moved?.attrs.begin, moved?.attrs.end]).toEqual(['7', '12']);
    expect(moved?.children).toEqual(alone?.children);
    expect(moved && serialise(moved)).toContain(xml);
  });
});

describe('what a group says itself may not come from a member', () => {
  const forged: readonly [title: string, xml: string][] = [
    ['a card', `<x xmlns='${NS.groups}'><reference xmlns='${NS.references}' type='mutable'/></x>`],
    ['a system message', `<x xmlns='${NS.groupsSystemMessage}' type='kick'/>`],
    ['any other x of the groups', `<x xmlns='${NS.groups}#whatever'/>`],
    ['the same with a prefix', `<g:x xmlns:g='${NS.groupsSystemMessage}' type='kick'/>`],
    ['a stanza-id', `<stanza-id xmlns='${NS.stanzaIds}' by='${VERONA}' id='1'/>`],
    ['an old archive id', `<archived xmlns='${NS.archivedTmp}' by='${VERONA}' id='1'/>`],
    ['a time of delivery', `<time xmlns='${NS.delivery}' by='${VERONA}' stamp='2021-04-15T14:05:45Z'/>`],
    ['a retry', `<retry xmlns='${NS.delivery}'/>`],
    ['a previous id', `<previous-id xmlns='${NS.previous}' id='1'/>`],
    ['addresses', `<addresses xmlns='${NS.addresses}'><address type='bcc' jid='a@example.com'/></addresses>`],
    ['a marker', `<displayed xmlns='${NS.chatMarkers}' id='1'/>`],
    ['a receipt', `<received xmlns='${NS.receipts}' id='1'/>`],
    ['a correction of nothing', `<replace xmlns='${NS.messageCorrection}' id='1'/>`],
    ['a retraction that says nothing', `<retract xmlns='${NS.messageRetraction}'/>`],
    ['a moderation', `<moderated xmlns='${NS.messageModeration}' by='${VERONA}'/>`],
    [
      'a retraction of the old kind',
      `<apply-to xmlns='${NS.fastening}' id='1'><retract xmlns='urn:xmpp:message-retract:0'/></apply-to>`,
    ],
    ['a chat state', `<composing xmlns='${NS.chatStates}'/>`],
    ['an echo', `<x xmlns='${NS.delivery}'><message xmlns='jabber:client' from='${JULIET}'/></x>`],
    ['a confirmation', `<received xmlns='${NS.delivery}'/>`],
    ['a result of the archive', `<result xmlns='${NS.mam}' queryid='q' id='1'/>`],
    ['a retraction', `<retract xmlns='${NS.rewriteNotify}' id='1'/>`],
    ['a rewritten message', `<replaced xmlns='${NS.rewrite}' stamp='2021-04-15T14:05:45Z'/>`],
    [
      'a new avatar of the group',
      `<event xmlns='${NS.pubsubEvent}'><items node='${NS.avatarMetadata}'/></event>`,
    ],
  ];
  it.each(forged)('%s', (_, xml) => {
    // With an origin-id, which a retry would add.
    expect(copyOf(xml + originIdXml('o1')).children).toEqual(copyOf(originIdXml('o1')).children);
  });

  it('and what belongs to the text stays, in its order', () => {
    const payload =
      `<markable xmlns='${NS.chatMarkers}'/><request xmlns='${NS.receipts}'/><thread>t1</thread>` +
      `<subject>s</subject><x xmlns='jabber:x:oob'><url>https://example.com/</url></x>`;
    const names = elementsOf(copyOf(payload)).map(({ name }) => name);
    expect(names).toEqual([
      'x',
      'archived',
      'stanza-id',
      'time',
      'body',
      'markable',
      'request',
      'thread',
      'subject',
      'x',
      'previous-id',
    ]);
  });
});
