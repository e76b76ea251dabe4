import { bare, full } from '../../testing/jids.js';
import { table } from '../../testing/table.js';
import { xml } from '../../xml/index.js';
import * as declarations from './message.js';

const none = { subjects: [], add: [], remove: [], member: [], part: false };

table(declarations, {
  clientMessage: {
    pairs: {
      delivered: [
        "<message xmlns='jabber:client' from='ben@example.net/phone' to='ann@example.net' id='m1' type='chat'><x xmlns='urn:x'/></message>",
        {
          from: full('ben@example.net/phone'),
          to: bare('ann@example.net'),
          id: 'm1',
          type: 'chat',
          payload: [xml('x', { xmlns: 'urn:x' })],
        },
      ],
      'of the own account': ["<message xmlns='jabber:client'/>", { payload: [] }],
    },
    fails: {
      'from nobody': [
        "<message xmlns='jabber:client' from='@'/>",
        'message@from',
        'not a JID: localpart is empty',
      ],
    },
  },
  groupMessage: {
    pairs: {
      'a text to a group': [
        `<message xmlns='jabber:client'>
           <group xmlns='http://kontalk.org/extensions/message#group' id='g1' owner='olga@example.net'/>
           <body>What is going on?</body>
         </message>`,
        {
          groups: [{ id: 'g1', owner: 'olga@example.net', ...none }],
          bodies: ['What is going on?'],
          payload: [],
        },
      ],
      'somebody writes': [
        `<message xmlns='jabber:client'>
           <group xmlns='http://kontalk.org/extensions/message#group' id='g1' owner='olga@example.net'/>
           <composing xmlns='http://jabber.org/protocol/chatstates'/>
         </message>`,
        {
          groups: [{ id: 'g1', owner: 'olga@example.net', ...none }],
          bodies: [],
          chatState: 'composing',
          payload: [],
        },
      ],
    },
    reads: {
      'no group': ["<message xmlns='jabber:client'/>", { groups: [], bodies: [], payload: [] }],
    },
  },
});
