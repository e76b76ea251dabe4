import { describe, expect, it } from 'vitest';
import { elementIn } from '../../testing/table.js';
import { withoutHeader } from './header.js';
import {
  mentionedId,
  readArchived,
  readAvatarEvent,
  readDisclosed,
  readDisplayed,
  readEcho,
  readGroupMessage,
  readGroupPresence,
  readInvitation,
  readRefused,
  readRewrite,
} from './index.js';

const GROUPS = 'https://xabber.com/protocol/groups';
const FROM = "from='verona@groups.example.com' to='romeo@example.com'";
const CONTENT = `<stanza-id xmlns='urn:xmpp:sid:0' by='romeo@example.com' id='1'/><stanza-id xmlns='urn:xmpp:sid:0' by='verona@groups.example.com' id='17'/><x xmlns='${GROUPS}'><reference xmlns='https://xabber.com/protocol/references' type='mutable' begin='0' end='8'><user xmlns='${GROUPS}' id='j0'/></reference></x><body>Juliet:\nRomeo</body><origin-id xmlns='urn:xmpp:sid:0' id='o'/>`;
const REWRITTEN = "version='9' conversation='verona@groups.example.com'";

const message = (content: string, type = 'chat'): string =>
  `<message xmlns='jabber:client' ${FROM} type='${type}' id='m'>${content}</message>`;

const WORD = { text: 'Romeo', stanzaId: '17', originId: 'o', card: { id: 'j0' }, system: undefined };

describe('what clients read', () => {
  it.each([
    ['a message (reference 6.4)', readGroupMessage, message(CONTENT), WORD],
    [
      'a system message (reference 7.1)',
      readGroupMessage,
      message(`<x xmlns='${GROUPS}#system-message' type='join' version='4'/><body>Romeo joined chat</body>`),
      { system: 'join', version: 4, text: 'Romeo joined chat' },
    ],
    [
      'an echo (reference 6.3)',
      readEcho,
      message(
        `<x xmlns='https://xabber.com/protocol/delivery'>${`<message xmlns='jabber:client' from='juliet@example.com/fast' to='verona@groups.example.com' id='o'>${CONTENT}</message>`}</x>`,
        'headline',
      ),
      { ...WORD, from: 'verona@groups.example.com' },
    ],
    [
      'a result of the archive (reference 12.2)',
      readArchived,
      `<message xmlns='jabber:client' ${FROM}><result xmlns='urn:xmpp:mam:2' queryid='q' id='17'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='verona@groups.example.com' to='verona@groups.example.com'>${CONTENT}</message></forwarded></result></message>`,
      { from: 'verona@groups.example.com', queryId: 'q', id: '17', message: WORD },
    ],
    [
      'an answer that mentions somebody, edited (reference 6.1, 12.5; XEP-0461)',
      readGroupMessage,
      message(
        `<replaced xmlns='https://xabber.com/protocol/rewrite' stamp='2026-01-01T00:00:00Z'/><reply xmlns='urn:xmpp:reply:0' id='o1'/><reference xmlns='https://xabber.com/protocol/references' type='decoration' begin='8' end='13'><mention xmlns='https://xabber.com/protocol/markup'>xmpp:verona@groups.example.com?id=r0</mention></reference>${CONTENT}`,
      ),
      {
        ...WORD,
        answered: 'o1',
        mentions: ['xmpp:verona@groups.example.com?id=r0'],
        edited: '2026-01-01T00:00:00Z',
        reactions: undefined,
      },
    ],
    [
      'a reaction without a text (XEP-0444)',
      readGroupMessage,
      message(
        `<reactions xmlns='urn:xmpp:reactions:0' id='o1'><reaction>+</reaction></reactions>${CONTENT.replace(/<body>.*<\/body>/s, '')}`,
      ),
      { ...WORD, text: '', body: '', reactions: { id: 'o1', emojis: ['+'] } },
    ],
    [
      'word of a disclosure (docs/disclosure.md)',
      readDisclosed,
      message(
        `<disclosed xmlns='${GROUPS}' type='offer'><user id='r0'><jid>romeo@example.com</jid></user><reason>Hello</reason></disclosed><body>word</body>`,
      ),
      { type: 'offer', user: { id: 'r0', jid: 'romeo@example.com' }, reason: 'Hello', body: 'word' },
    ],
    [
      'a marker (reference 6.6)',
      readDisplayed,
      message(
        "<displayed xmlns='urn:xmpp:chat-markers:0' id='o'><stanza-id xmlns='urn:xmpp:sid:0' by='verona@groups.example.com' id='17'/></displayed>",
      ),
      { id: 'o', stanzaId: '17' },
    ],
    [
      'a retraction (reference 12.5)',
      readRewrite,
      message(
        `<retract-message xmlns='https://xabber.com/protocol/rewrite#notify' id='17' ${REWRITTEN}/>`,
        'headline',
      ),
      { what: 'retract-message', id: '17', version: 9 },
    ],
    [
      'an edited message (reference 12.5)',
      readRewrite,
      message(
        `<replace xmlns='https://xabber.com/protocol/rewrite#notify' id='17' ${REWRITTEN}><message xmlns='jabber:client'>${CONTENT}</message></replace>`,
        'headline',
      ),
      { what: 'replace', id: '17', message: WORD },
    ],
    [
      'an invitation (reference 4.2)',
      readInvitation,
      message(
        `<invite xmlns='${GROUPS}#invite' jid='verona@groups.example.com'><reason>Come</reason></invite>`,
      ),
      { group: 'verona@groups.example.com', reason: 'Come', by: undefined, info: undefined },
    ],
    [
      'word of an avatar (reference 8.6)',
      readAvatarEvent,
      message(
        "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:avatar:metadata#j0'><item id='a'><metadata xmlns='urn:xmpp:avatar:metadata'><info id='a' bytes='1' type='image/png'/></metadata></item></items></event>",
        'headline',
      ),
      { owner: 'j0', info: { id: 'a' } },
    ],
    [
      'a refused message (reference 6.7)',
      readRefused,
      message(
        `${CONTENT}<error type='cancel' code='405'><not-allowed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>`,
        'error',
      ),
      { originId: 'o', error: { condition: 'not-allowed' } },
    ],
    [
      'a presence (reference 1.4)',
      readGroupPresence,
      `<presence xmlns='jabber:client' from='verona@groups.example.com/Group' to='romeo@example.com'><x xmlns='${GROUPS}'><members>2</members><name>Verona</name><privacy>public</privacy></x></presence>`,
      { type: 'available', info: { members: 2, name: 'Verona' } },
    ],
  ])('%s', (_, read, source, expected) => {
    expect(read(elementIn(source))).toMatchObject(expected);
  });

  it.each([
    readGroupMessage,
    readEcho,
    readArchived,
    readRewrite,
    readInvitation,
    readAvatarEvent,
    readDisclosed,
    readDisplayed,
    readRefused,
    readGroupPresence,
  ])('%o reads nothing else', (read) => {
    expect(read(elementIn(message('<body>Hi</body>')))).toBeUndefined();
    expect(read(elementIn("<iq xmlns='jabber:client' type='get' id='1'/>"))).toBeUndefined();
  });
});

describe('the address of a mention', () => {
  it.each([
    ['xmpp:verona@groups.example.com?id=r0me', 'r0me'],
    ['xmpp:verona@groups.example.com?jid=romeo@example.com', undefined],
    ['', undefined],
  ])('%j names the member %j', (address, id) => {
    expect(mentionedId(address)).toBe(id);
  });
});

describe('the header of a body', () => {
  it.each([
    ['Juliet:\nHi', 8, 'Hi'],
    ['A&B:\nHi', 9, 'Hi'],
    ['<"\'>:\n💬', 22, '💬'],
    ['💬:\nHi', 3, 'Hi'],
    ['Hi', 0, 'Hi'],
    ['Hi', 99, ''],
  ])('of %j up to %i leaves %j (T11)', (text, end, expected) => {
    expect(withoutHeader(text, end)).toBe(expected);
  });
});
