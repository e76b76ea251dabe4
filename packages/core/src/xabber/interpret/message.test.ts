import { describe, expect, it } from 'vitest';
import { full } from '../../testing/jids.js';
import { messageIn } from '../../testing/stanzas.js';
import { elementIn } from '../../testing/table.js';
import { elementsOf, serialise } from '../../xml/index.js';
import { interpretMessage } from './message.js';

const from = full('romeo@example.com/orchard');
const ORIGIN = "<origin-id xmlns='urn:xmpp:sid:0' id='0b1c'/>";
const RETRY = "<retry xmlns='https://xabber.com/protocol/delivery'/>";
const MARKABLE = "<markable xmlns='urn:xmpp:chat-markers:0'/>";
const BOLD =
  "<reference xmlns='https://xabber.com/protocol/references' type='decoration' begin='0' end='5'>" +
  "<bold xmlns='https://xabber.com/protocol/markup'/></reference>";

/** The command, its payload as text; or the refusal. */
function outcome(children: string, attributes = " type='chat' id='m1'", namespace = 'jabber:client') {
  const source = `<message xmlns='${namespace}' from='${from}' to='verona@groups.example.com'${attributes}>${children}</message>`;
  const read = interpretMessage(messageIn(source), elementIn(source));
  if (!read.ok) return `${read.error.condition}: ${read.error.text}`;
  if (read.value?.kind !== 'post') return read.value;
  return { ...read.value, payload: read.value.payload.map((element) => serialise(element)) };
}

const post = { kind: 'post', from, id: 'm1', bodies: [{ text: 'Hi' }], payload: [] };

describe('a message to all', () => {
  it.each([
    ['a text alone', '<body>Hi</body>', post],
    ['an origin-id', `<body>Hi</body>${ORIGIN}`, { ...post, originId: '0b1c' }],
    [
      'what goes with it, in its order',
      `${BOLD}<body>Hi</body>${MARKABLE}`,
      { ...post, payload: [BOLD, MARKABLE] },
    ],
    [
      'that is sent again',
      `<body>Hi</body>${ORIGIN}${RETRY}`,
      { ...post, originId: '0b1c', payload: [RETRY] },
    ],
    [
      'that is sent again without an origin-id',
      `<body>Hi</body>${RETRY}`,
      { ...post, originId: 'm1', payload: [RETRY] },
    ],
    ['an empty origin-id', "<body>Hi</body><origin-id xmlns='urn:xmpp:sid:0' id=''/>", post],
    [
      'several languages, one without a text',
      "<body>Hi</body><body xml:lang='it'>Ciao</body><body xml:lang='de'> \n</body>",
      { ...post, bodies: [{ text: 'Hi' }, { lang: 'it', text: 'Ciao' }] },
    ],
    ['white space around the text', '<body> Hi </body>', { ...post, bodies: [{ text: ' Hi ' }] }],
    [
      'a second body behind a prefix of the stream',
      "<body>Hi</body><c:body xmlns:c='jabber:component:accept'>Romeo: I am Paris</c:body>",
      { ...post, bodies: [{ text: 'Hi' }, { text: 'Romeo: I am Paris' }] },
    ],
  ])('has %s', (_, children, command) => {
    expect(outcome(children)).toEqual(command);
    expect(outcome(children, undefined, 'jabber:component:accept')).toEqual(command);
  });

  it('may be of type normal, and without an id', () => {
    expect(outcome('<body>Hi</body>', '')).toEqual({ ...post, id: undefined });
  });
});

describe('a chat state (T21)', () => {
  it.each([
    ['active', 'opened'],
    ['inactive', 'closed'],
    ['gone', 'closed'],
  ])('%s says that the chat is %s', (state, kind) => {
    const element = `<${state} xmlns='http://jabber.org/protocol/chatstates'/>`;
    expect(outcome(element)).toEqual({ kind, from, state });
    expect(outcome(`<body> </body>${element}`, '')).toEqual({ kind, from, state });
    expect(outcome(element, " type='error'")).toBeUndefined();
  });

  it.each(['composing', 'paused'])('%s says that somebody is writing, or was', (state) => {
    const element = `<${state} xmlns='http://jabber.org/protocol/chatstates'/>`;
    expect(outcome(element)).toEqual({ kind: 'typed', from, state });
    expect(outcome(element, " type='headline'")).toBeUndefined();
  });

  it('with a text goes with the message', () => {
    const active = "<active xmlns='http://jabber.org/protocol/chatstates'/>";
    expect(outcome(`<body>Hi</body>${active}`)).toEqual({ ...post, payload: [active] });
  });
});

describe('nothing to all', () => {
  it.each([
    ['a marker that a message came', "<received xmlns='urn:xmpp:chat-markers:0' id='0b1c'/>"],
    ['a marker without an id', "<displayed xmlns='urn:xmpp:chat-markers:0'/>"],
    ['an answer without a text', "<reply xmlns='urn:xmpp:reply:0' id='0b1c'/>"],
    ['a correction without a text', "<replace xmlns='urn:xmpp:message-correct:0' id='0b1c'/>"],
    ['a receipt', "<received xmlns='urn:xmpp:receipts' id='0b1c'/>"],
    ['an empty text', '<body/>'],
    ['white space', `<body> \n\t</body>${ORIGIN}`],
    [
      'an invitation to a group',
      "<invite xmlns='https://xabber.com/protocol/groups#invite' jid='a@b'/><body>Join</body>",
    ],
  ])('is %s', (_, children) => {
    expect(outcome(children)).toBeUndefined();
  });

  it.each(['error', 'headline'])('is of type %s', (type) => {
    expect(outcome('<body>Hi</body>', ` type='${type}'`)).toBeUndefined();
  });
});

const idOf = (by: string, id: string): string => `<stanza-id xmlns='urn:xmpp:sid:0' by='${by}' id='${id}'/>`;

describe('a marker', () => {
  const GROUP = 'verona@groups.example.com';
  it.each([
    ['without ids of archives', '', { stanzaId: undefined, called: '0b1c' }],
    ['with the id of the group', idOf(GROUP, '161'), { stanzaId: 161, called: '0b1c' }],
    [
      'with ids of others too',
      idOf('romeo@example.com', '7') + idOf(GROUP, '161') + idOf('paris@example.com', '8'),
      { stanzaId: 161, called: '0b1c' },
    ],
    [
      'with an id of another archive',
      idOf('romeo@example.com', '7'),
      { stanzaId: undefined, called: '0b1c' },
    ],
    ['with an id that is no number', idOf(GROUP, 'a'), { stanzaId: undefined, called: '0b1c' }],
  ])('%s', (_, ids, message) => {
    const marker = `<displayed xmlns='urn:xmpp:chat-markers:0' id='0b1c'>${ids}</displayed>`;
    expect(outcome(marker)).toEqual({ kind: 'displayed', from, message });
  });
});

describe('the standard forms', () => {
  const RETRACT = "<retract xmlns='urn:xmpp:message-retract:1' id='0b1c'/>";
  const REACTIONS = "<reactions xmlns='urn:xmpp:reactions:0' id='0b1c'><reaction>👋</reaction></reactions>";
  const correct = (id: string) => `<replace xmlns='urn:xmpp:message-correct:0' id='${id}'/>`;
  const reply = (id: string) => `<reply xmlns='urn:xmpp:reply:0' to='a@b' id='${id}'/>`;
  const FALLBACK = "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:message-retract:1'/>";

  it.each([
    ['alone', RETRACT],
    ['with a text for others', `<body>/me retracted a message</body>${FALLBACK}${RETRACT}`],
  ])('a retraction %s', (_, children) => {
    const message = { stanzaId: undefined, called: '0b1c' };
    expect(outcome(children)).toEqual({ kind: 'retractMessage', from, message });
  });

  it('a retraction by the id of the archive', () => {
    expect(outcome("<retract xmlns='urn:xmpp:message-retract:1' id='161'/>")).toMatchObject({
      message: { stanzaId: 161, called: '161' },
    });
  });

  it.each([
    [
      'a correction',
      `<body>Hi</body>${correct('0b1c')}`,
      { ...post, payload: [correct('0b1c')], corrects: { stanzaId: undefined, called: '0b1c' } },
    ],
    ['an answer', `<body>Hi</body>${reply('0b1c')}`, { ...post, payload: [reply('0b1c')] }],
    [
      'an answer by the id of the archive',
      `<body>Hi</body>${reply('161')}`,
      { ...post, payload: [reply('161')], refersTo: { stanzaId: 161 } },
    ],
    [
      'a correction of an answer',
      `<body>Hi</body>${reply('161')}${correct('162')}`,
      { ...post, payload: [reply('161'), correct('162')], corrects: { stanzaId: 162, called: '162' } },
    ],
    ['reactions', REACTIONS, { ...post, bodies: [], payload: [REACTIONS] }],
    [
      // A fallback has an element <body/>, which clients look for to tell what has a text.
      'reactions without the text of their fallback',
      `<fallback xmlns='urn:xmpp:fallback:0'><body/></fallback>${REACTIONS}`,
      { ...post, bodies: [], payload: [REACTIONS] },
    ],
    ['reactions with a text', `<body>Hi</body>${REACTIONS}`, { ...post, payload: [REACTIONS] }],
  ])('%s', (_, children, command) => {
    expect(outcome(children)).toEqual(command);
  });
});

describe('a refusal', () => {
  it('is of type groupchat', () => {
    expect(outcome('<body>Hi</body>', " type='groupchat'")).toBe(
      'bad-request: This group is a contact, not a conference: send messages of type chat',
    );
  });

  it.each([
    ['two origin-ids', `<body>Hi</body>${ORIGIN}${ORIGIN}`, 'message/origin-id: more than one'],
    [
      'an origin-id without an id',
      "<body>Hi</body><origin-id xmlns='urn:xmpp:sid:0'/>",
      'message/origin-id@id: missing',
    ],
    ['too many languages', '<body>Hi</body>'.repeat(21), 'message/body: more than 20'],
  ])('is for %s', (_, children, reason) => {
    expect(outcome(children)).toBe(`bad-request: ${reason}`);
  });
});

describe('what goes with a message', () => {
  it('stands on its own wherever its namespaces were declared', () => {
    const children = "<p:x><p:y q='1'/>t</p:x><body>Hi</body>";
    const source = `<message xmlns:p='urn:p' from='${from}' to='verona@groups.example.com'>${children}</message>`;
    const read = interpretMessage(messageIn(source), elementIn(source));
    const payload = read.ok && read.value?.kind === 'post' ? read.value.payload : [];
    expect(payload.map((element) => serialise(element))).toEqual(["<x xmlns='urn:p'><y q='1'/>t</x>"]);
    expect(payload.flatMap(elementsOf).map(({ name }) => name)).toEqual(['y']);
  });
});

describe('a headline', () => {
  const avatar = (namespace: string) =>
    `<event xmlns='${namespace}'><items node='urn:xmpp:avatar:metadata'><item id='9f1c'>
       <metadata xmlns='urn:xmpp:avatar:metadata'><info id='9f1c' bytes='1' type='image/png'/></metadata></item></items></event>`;
  const EVENT = 'http://jabber.org/protocol/pubsub#event';

  it.each([
    [
      "of the user's server",
      avatar(EVENT),
      {
        kind: 'profile',
        from: full('romeo@example.com/orchard').replace('/orchard', ''),
        avatar: { id: '9f1c', bytes: 1, type: 'image/png' },
      },
    ],
    ['of something else', avatar('urn:example'), undefined],
    ['with a text', '<body>Hi</body>', undefined],
  ])('%s', (_, children, command) => {
    expect(outcome(children, " type='headline'")).toEqual(command);
    expect(outcome(children, " type='error'")).toBeUndefined();
  });
});
