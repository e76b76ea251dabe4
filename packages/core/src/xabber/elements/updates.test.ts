import { table } from '../../testing/table.js';
import * as declarations from './updates.js';

table(declarations, {
  updates: {
    pairs: {
      'the question': ["<updates xmlns='urn:xmpp-groups:updates:0'/>", {}],
      off: ["<updates xmlns='urn:xmpp-groups:updates:0' receive='false'/>", { receive: false }],
      on: ["<updates xmlns='urn:xmpp-groups:updates:0' receive='true'/>", { receive: true }],
    },
    fails: {
      'no choice': [
        "<updates xmlns='urn:xmpp-groups:updates:0' receive='sometimes'/>",
        'updates@receive',
        'neither true nor false',
      ],
    },
  },
});
