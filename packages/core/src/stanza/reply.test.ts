import { describe, expect, it } from 'vitest';
import { elementIn } from '../testing/table.js';
import { serialise } from '../xml/index.js';
import { refusal } from './error.js';
import { refuse, result } from './reply.js';
import { iq, readStanza, type Stanza } from './stanza.js';

const CLIENT = "xmlns='jabber:client'";
const STANZAS = "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'";
const ADDRESSED = `from='juliet@example.com/fast' to='verona@groups.example.com/Group' id='1'`;
const BACK = `from='verona@groups.example.com/Group' to='juliet@example.com/fast' id='1'`;
const ERROR = `<error type='cancel' code='405'><not-allowed ${STANZAS}/><text ${STANZAS} xml:lang='en'>No</text></error>`;

function stanza(source: string): Stanza {
  const read = readStanza(elementIn(source));
  if (!read.ok) throw new Error(`${read.error.path}: ${read.error.reason}`);
  return read.value;
}

const answer = (source: string, more?: string): string | undefined => {
  const refused = refuse(stanza(source), refusal('not-allowed', 'No', more ? [elementIn(more)] : undefined));
  return refused && serialise(refused);
};

describe('result', () => {
  const source = iq.parse(elementIn(`<iq ${ADDRESSED} type='get'><ping xmlns='urn:xmpp:ping'/></iq>`));
  it.each([
    ['nothing', [], `<iq ${CLIENT} ${BACK} type='result'/>`],
    [
      'a payload',
      [elementIn("<query xmlns='jabber:iq:last' seconds='0'/>")],
      `<iq ${CLIENT} ${BACK} type='result'><query xmlns='jabber:iq:last' seconds='0'/></iq>`,
    ],
  ])('with %s comes from the JID that was asked', (_, payload, expected) => {
    expect(source.ok && serialise(result(source.value, payload))).toBe(expected);
  });
});

describe('refuse', () => {
  it.each(['get', 'set'])('an IQ of type %s, without its payload', (type) => {
    expect(answer(`<iq ${ADDRESSED} type='${type}'><ping xmlns='urn:xmpp:ping'/></iq>`)).toBe(
      `<iq ${CLIENT} ${BACK} type='error'>${ERROR}</iq>`,
    );
  });

  it.each(['chat', 'normal', 'groupchat', 'headline'])(
    'a message of type %s, and all its children come back before the error',
    (type) => {
      const children = `<body>Romeo look &amp; see</body><origin-id xmlns='urn:xmpp:sid:0' id='0b1c'/><x xmlns='urn:x'><y/>z</x>`;
      expect(answer(`<message ${ADDRESSED} type='${type}'>${children}</message>`)).toBe(
        `<message ${CLIENT} ${BACK} type='error'>${children}${ERROR}</message>`,
      );
    },
  );

  it.each(['probe', 'subscribe', 'subscribed', 'unavailable', 'unsubscribe', 'unsubscribed'])(
    'a presence of type %s',
    (type) => {
      expect(answer(`<presence ${ADDRESSED} type='${type}'/>`)).toBe(
        `<presence ${CLIENT} ${BACK} type='error'>${ERROR}</presence>`,
      );
    },
  );

  it('an available presence', () => {
    expect(answer(`<presence ${ADDRESSED}/>`)).toBe(
      `<presence ${CLIENT} ${BACK} type='error'>${ERROR}</presence>`,
    );
  });

  it.each(['iq', 'message', 'presence'])(
    'says in a child of the <%s/> what else there is to know',
    (name) => {
      const more = "<x xmlns='urn:x'><jid>a@b</jid></x>";
      expect(
        answer(
          `<${name} ${ADDRESSED} type='${name === 'iq' ? 'set' : name === 'message' ? 'chat' : 'probe'}'/>`,
          more,
        ),
      ).toBe(`<${name} ${CLIENT} ${BACK} type='error'>${more}${ERROR}</${name}>`);
    },
  );

  it('a message without an id', () => {
    expect(answer("<message from='a@b/c' to='d@e'/>")).toBe(
      `<message ${CLIENT} from='d@e' to='a@b/c' type='error'>${ERROR}</message>`,
    );
  });

  it.each([
    `<iq ${ADDRESSED} type='result'/>`,
    `<iq ${ADDRESSED} type='error'/>`,
    `<message ${ADDRESSED} type='error'><body>Hi</body></message>`,
    `<presence ${ADDRESSED} type='error'/>`,
  ])('never answers %s', (source) => {
    expect(answer(source)).toBeUndefined();
  });
});
