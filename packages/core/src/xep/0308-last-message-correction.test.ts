import { table } from '../testing/table.js';
import * as declarations from './0308-last-message-correction.js';

const NS = "xmlns='urn:xmpp:message-correct:0'";

table(declarations, {
  correction: {
    pairs: { 'of a message': [`<replace ${NS} id='bad1'/>`, { id: 'bad1' }] },
    fails: {
      'no id': [`<replace ${NS}/>`, 'replace@id', 'missing'],
      'an empty id': [`<replace ${NS} id=''/>`, 'replace@id', 'empty'],
      'that of Xabber': [
        "<replace xmlns='https://xabber.com/protocol/rewrite' id='1'/>",
        'replace',
        `not <replace ${NS}/>`,
      ],
    },
  },
});
