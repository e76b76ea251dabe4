import { full } from '../../testing/jids.js';
import { table } from '../../testing/table.js';
import * as declarations from './assigned-jid.js';

table(declarations, {
  assignedJid: {
    pairs: {
      'of a member': [
        "<assigned-jid xmlns='urn:xmpp-groups:assigned-jid:0' jid='ball@groups.example.com/r0me000011112222'/>",
        { jid: full('ball@groups.example.com/r0me000011112222') },
      ],
    },
    fails: {
      'of nobody': ["<assigned-jid xmlns='urn:xmpp-groups:assigned-jid:0'/>", 'assigned-jid@jid', 'missing'],
    },
  },
});
