import { describe, expect, it } from 'vitest';
import { bare, full } from '../testing/jids.js';
import { fromLtx } from '../testing/ltx.js';
import { elementIn, table } from '../testing/table.js';
import { serialise, xml } from '../xml/index.js';
import * as declarations from './stanza.js';
import { iq, message, presence, readStanza } from './stanza.js';

const CLIENT = "xmlns='jabber:client'";
const juliet = full('juliet@example.com/balcony');
const verona = bare('verona@groups.example.com');
const body = `<body ${CLIENT}>Hi</body>`;

table(declarations, {
  message: {
    pairs: {
      'of a member': [
        `<message ${CLIENT} from='${juliet}' to='${verona}' id='0b1c' xml:lang='it' type='chat'>
           <body>Hi</body><markable xmlns='urn:xmpp:chat-markers:0'/>
         </message>`,
        {
          from: juliet,
          to: verona,
          id: '0b1c',
          lang: 'it',
          type: 'chat',
          payload: [elementIn(body), elementIn("<markable xmlns='urn:xmpp:chat-markers:0'/>")],
        },
      ],
    },
    reads: {
      'no type': [
        `<message ${CLIENT} to='${verona}' from='${juliet}'/>`,
        { from: juliet, to: verona, type: 'normal', payload: [] },
      ],
      'a type that is not defined': [
        `<message ${CLIENT} to='${verona}' from='${juliet}' type='gossip'>text</message>`,
        { from: juliet, to: verona, type: 'normal', payload: [] },
      ],
    },
    fails: {
      'no sender': [`<message ${CLIENT} to='${verona}'/>`, 'message@from', 'missing'],
      'no recipient': [`<message ${CLIENT} from='${juliet}'/>`, 'message@to', 'missing'],
      'a recipient that is no JID': [
        `<message ${CLIENT} from='${juliet}' to='a@'/>`,
        'message@to',
        'not a JID: domainpart is empty',
      ],
      'not of this stream': ["<message xmlns='urn:other'/>", 'message', `not <message ${CLIENT}/>`],
    },
  },
  presence: {
    pairs: {
      available: [
        `<presence ${CLIENT} from='${juliet}' to='${verona}'/>`,
        { from: juliet, to: verona, payload: [] },
      ],
      'a request': [
        `<presence ${CLIENT} from='${juliet}' to='${verona}' id='p' type='subscribe'/>`,
        { from: juliet, to: verona, id: 'p', type: 'subscribe', payload: [] },
      ],
    },
    fails: {
      'a type that is not defined': [
        `<presence ${CLIENT} from='${juliet}' to='${verona}' type='available'/>`,
        'presence@type',
        'not one of error, probe, subscribe, subscribed, unavailable, unsubscribe, unsubscribed',
      ],
    },
  },
  iq: {
    pairs: {
      'a request': [
        `<iq ${CLIENT} from='${juliet}' to='${verona}' id='1' type='get'><ping xmlns='urn:xmpp:ping'/></iq>`,
        {
          from: juliet,
          to: verona,
          id: '1',
          type: 'get',
          payload: [elementIn("<ping xmlns='urn:xmpp:ping'/>")],
        },
      ],
    },
    fails: {
      'no id': [`<iq ${CLIENT} from='${juliet}' to='${verona}' type='get'/>`, 'iq@id', 'missing'],
      'no type': [`<iq ${CLIENT} from='${juliet}' to='${verona}' id='1'/>`, 'iq@type', 'missing'],
      'a type that is not defined': [
        `<iq ${CLIENT} from='${juliet}' to='${verona}' id='1' type='put'/>`,
        'iq@type',
        'not one of get, set, result, error',
      ],
    },
  },
});

describe('readStanza', () => {
  const addresses = `from='Juliet@Example.com/balcony' to='verona@groups.example.com' id='1'`;
  const expected = { from: juliet, to: verona, id: '1', lang: undefined };

  it.each([
    ['message', '', { kind: 'message', type: 'normal' }],
    ['message', " type='headline'", { kind: 'message', type: 'headline' }],
    ['presence', '', { kind: 'presence', type: undefined }],
    ['presence', " type='probe'", { kind: 'presence', type: 'probe' }],
    ['iq', " type='set'", { kind: 'iq', type: 'set' }],
  ])('<%s%s/> is %j on every kind of stream', (name, type, says) => {
    const streams = ['', CLIENT, "xmlns='jabber:component:accept'", "xmlns='jabber:server'"];
    for (const namespace of streams) {
      const source = `<${name} ${namespace} ${addresses}${type}>${"<body>Hi</body><x xmlns='urn:x'/>"}</${name}>`;
      for (const element of [elementIn(source), fromLtx(source)]) {
        const read = readStanza(element);
        expect(
          read.ok && { ...read.value, payload: read.value.payload.map((child) => serialise(child)) },
        ).toEqual({
          ...expected,
          ...says,
          payload: [body, "<x xmlns='urn:x'/>"],
        });
      }
    }
  });

  it.each([
    ['another element', "<stream:error xmlns:stream='s'/>", 'stream:error', 'not a stanza'],
    ['a name in another namespace', "<iq xmlns='urn:x'/>", 'iq', `not <iq ${CLIENT}/>`],
    ['nobody behind it', "<presence to='a@b'/>", 'presence@from', 'missing'],
  ])('%s fails', (_, source, path, reason) => {
    expect(readStanza(elementIn(source))).toEqual({ ok: false, error: { path, reason } });
  });

  it('builds what it read', () => {
    const element = xml('iq', { from: juliet, to: verona, id: '1', type: 'result' });
    const read = readStanza(element);
    const built = read.ok && read.value.kind === 'iq' ? iq.build(read.value) : undefined;
    expect(built && serialise(built, 'jabber:client')).toBe(serialise(element));
  });

  it.each([message, presence, iq])('the declaration of <$name/> tells its specification', ({ spec }) => {
    expect(spec).toMatch(/^RFC 612[01] section \d/);
  });
});
