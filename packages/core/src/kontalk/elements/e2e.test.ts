import { elementIn, table } from '../../testing/table.js';
import * as declarations from './e2e.js';

const message = "<message xmlns='jabber:client' id='Xk3' type='chat'><body>Saturday?</body></message>";

table(declarations, {
  e2e: {
    pairs: {
      'a message': [
        "<e2e xmlns='urn:ietf:params:xml:ns:xmpp-e2e'>hQ0=</e2e>",
        { message: Uint8Array.of(0x85, 0x0d) },
      ],
    },
    fails: {
      'MIME, as RFC 3923 has it': [
        "<e2e xmlns='urn:ietf:params:xml:ns:xmpp-e2e'>MIME-Version: 1.0</e2e>",
        'e2e',
        'not base64',
      ],
    },
  },
  sealedStanza: {
    pairs: {
      'around a message': [
        "<xmpp xmlns='jabber:client'><message id='Xk3' type='chat'><body>Saturday?</body></message></xmpp>",
        { message: elementIn(message) },
      ],
    },
    fails: {
      'around nothing': ["<xmpp xmlns='jabber:client'/>", 'xmpp/message', 'missing'],
      'around two': [
        "<xmpp xmlns='jabber:client'><message/><message/></xmpp>",
        'xmpp/message',
        'more than one',
      ],
    },
  },
  sealedMessage: {
    pairs: {
      'a text': [
        message,
        { id: 'Xk3', type: 'chat', payload: [elementIn("<body xmlns='jabber:client'>Saturday?</body>")] },
      ],
    },
    reads: {
      'of the desktop, without an id': [
        '<message><body/></message>',
        { payload: [elementIn("<body xmlns='jabber:client'/>")] },
      ],
    },
  },
});
