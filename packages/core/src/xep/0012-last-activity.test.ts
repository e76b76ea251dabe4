import { table } from '../testing/table.js';
import * as declarations from './0012-last-activity.js';

table(declarations, {
  lastActivity: {
    pairs: {
      'a request': ["<query xmlns='jabber:iq:last'/>", {}],
      'an answer': ["<query xmlns='jabber:iq:last' seconds='903'/>", { seconds: 903 }],
    },
    reads: {
      'a text beside': ["<query seconds='0' xmlns='jabber:iq:last'>Heading Home</query>", { seconds: 0 }],
    },
    fails: {
      'a negative time': [
        "<query xmlns='jabber:iq:last' seconds='-1'/>",
        'query@seconds',
        'not from 0 to 9007199254740991',
      ],
      'no number': ["<query xmlns='jabber:iq:last' seconds='soon'/>", 'query@seconds', 'not an integer'],
    },
  },
});
