import { table } from '../../testing/table.js';
import * as declarations from './typing.js';

table(declarations, {
  typing: {
    pairs: {
      'the question': ["<typing xmlns='urn:xmpp-groups:typing:0'/>", {}],
      off: ["<typing xmlns='urn:xmpp-groups:typing:0' receive='false'/>", { receive: false }],
      on: ["<typing xmlns='urn:xmpp-groups:typing:0' receive='true'/>", { receive: true }],
    },
    fails: {
      'no choice': [
        "<typing xmlns='urn:xmpp-groups:typing:0' receive='sometimes'/>",
        'typing@receive',
        'neither true nor false',
      ],
    },
  },
});
