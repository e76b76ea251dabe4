import { table } from '../testing/table.js';
import * as declarations from './0424-message-retraction.js';

const NS = "xmlns='urn:xmpp:message-retract:1'";

table(declarations, {
  retraction: {
    pairs: {
      'of a message': [`<retract ${NS} id='m1'/>`, { id: 'm1' }],
      'with a reason': [
        `<retract ${NS} id='m1'><reason>Spam</reason></retract>`,
        { id: 'm1', reason: 'Spam' },
      ],
    },
    fails: {
      'no id': [`<retract ${NS}/>`, 'retract@id', 'missing'],
      'an empty id': [`<retract ${NS} id=' '/>`, 'retract@id', 'empty'],
    },
  },
});
