import { bare } from '../testing/jids.js';
import { table } from '../testing/table.js';
import * as declarations from './0203-delayed-delivery.js';

table(declarations, {
  delay: {
    pairs: {
      'with microseconds': [
        "<delay xmlns='urn:xmpp:delay' from='groups.example.com' stamp='2021-04-15T14:05:45.123456Z'/>",
        { from: bare('groups.example.com'), stamp: '2021-04-15T14:05:45.123456Z' },
      ],
      'by nobody in particular': [
        "<delay xmlns='urn:xmpp:delay' stamp='2021-04-15T14:05:45Z'/>",
        { stamp: '2021-04-15T14:05:45Z' },
      ],
    },
    reads: {
      'a reason': ["<delay stamp='s' xmlns='urn:xmpp:delay'>Offline storage</delay>", { stamp: 's' }],
    },
    fails: {
      'no time': ["<delay xmlns='urn:xmpp:delay'/>", 'delay@stamp', 'missing'],
      'from no JID': [
        "<delay xmlns='urn:xmpp:delay' from='@' stamp='s'/>",
        'delay@from',
        'not a JID: localpart is empty',
      ],
    },
  },
});
