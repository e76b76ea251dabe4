import { bare } from '../../testing/jids.js';
import { elementIn, table } from '../../testing/table.js';
import * as declarations from './delivery.js';

const verona = bare('verona@groups.example.com');
const message = `<message xmlns='jabber:client' type='chat' from='juliet@example.com/fast' to='${verona}' id='0b1c'>
    <stanza-id xmlns='urn:xmpp:sid:0' by='${verona}' id='1618495545123456'/><body>Romeo look &amp; see</body>
  </message>`;

table(declarations, {
  deliveryTime: {
    pairs: {
      'to the microsecond': [
        `<time xmlns='https://xabber.com/protocol/delivery' by='${verona}' stamp='2021-04-15T14:05:45.123456Z'/>`,
        { by: verona, stamp: '2021-04-15T14:05:45.123456Z' },
      ],
    },
    fails: {
      'no time': ["<time xmlns='https://xabber.com/protocol/delivery' by='a@b'/>", 'time@stamp', 'missing'],
    },
  },
  archived: {
    pairs: {
      'an id': [
        `<archived xmlns='urn:xmpp:mam:tmp' by='${verona}' id='1618495545123456'/>`,
        { by: verona, id: '1618495545123456' },
      ],
    },
    fails: { 'no id': ["<archived xmlns='urn:xmpp:mam:tmp' by='a@b'/>", 'archived@id', 'missing'] },
  },
  echo: {
    pairs: {
      'the own message': [
        `<x xmlns='https://xabber.com/protocol/delivery'>${message}</x>`,
        { message: elementIn(message) },
      ],
    },
    fails: {
      nothing: ["<x xmlns='https://xabber.com/protocol/delivery'/>", 'x/message', 'missing'],
      'the mark of a member': [
        "<x xmlns='https://xabber.com/protocol/groups'/>",
        'x',
        "not <x xmlns='https://xabber.com/protocol/delivery'/>",
      ],
    },
  },
});
