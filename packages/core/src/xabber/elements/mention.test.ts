import { table } from '../../testing/table.js';
import * as declarations from './mention.js';

const NS = "xmlns='https://xabber.com/protocol/markup'";

table(declarations, {
  mention: {
    pairs: {
      'a member of a group': [
        `<mention ${NS} node='https://xabber.com/protocol/groups'>xmpp:verona@groups.example.com?id=r0</mention>`,
        { node: 'https://xabber.com/protocol/groups', address: 'xmpp:verona@groups.example.com?id=r0' },
      ],
      'a contact': [`<mention ${NS}>xmpp:romeo@example.com</mention>`, { address: 'xmpp:romeo@example.com' }],
    },
    fails: {
      'another mark': [`<bold ${NS}/>`, 'mention', `not <mention ${NS}/>`],
    },
  },
});
