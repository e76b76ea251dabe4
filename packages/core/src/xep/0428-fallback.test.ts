import { elementIn, table } from '../testing/table.js';
import * as declarations from './0428-fallback.js';

table(declarations, {
  fallback: {
    pairs: {
      'the whole text': ["<fallback xmlns='urn:xmpp:fallback:0'/>", { ranges: [], others: [] }],
      'the nickname in front of it': [
        "<fallback xmlns='urn:xmpp:fallback:0' for='https://xabber.com/protocol/groups'><body start='0' end='7'/></fallback>",
        { for: 'https://xabber.com/protocol/groups', ranges: [{ start: 0, end: 7 }], others: [] },
      ],
      'the whole body': [
        "<fallback xmlns='urn:xmpp:fallback:0'><body/></fallback>",
        { ranges: [{}], others: [] },
      ],
    },
    reads: {
      'the body of a message is another element': [
        "<fallback xmlns='urn:xmpp:fallback:0'><body xmlns='jabber:client'>Hi</body><subject/></fallback>",
        {
          ranges: [],
          others: [
            elementIn("<body xmlns='jabber:client'>Hi</body>"),
            elementIn("<subject xmlns='urn:xmpp:fallback:0'/>"),
          ],
        },
      ],
    },
    fails: {
      'a place before the text': [
        "<fallback xmlns='urn:xmpp:fallback:0'><body start='-1' end='7'/></fallback>",
        'fallback/body@start',
        'not from 0 to 9007199254740991',
      ],
    },
  },
});
