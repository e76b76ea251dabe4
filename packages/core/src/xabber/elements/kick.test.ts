import { bare } from '../../testing/jids.js';
import { table } from '../../testing/table.js';
import * as declarations from './kick.js';

const NS = "xmlns='https://xabber.com/protocol/groups'";

table(declarations, {
  kick: {
    pairs: {
      'ids and JIDs': [
        `<kick ${NS}><id>r0me000011112222</id><jid>paris@example.net</jid></kick>`,
        { ids: ['r0me000011112222'], jids: [bare('paris@example.net')] },
      ],
      nobody: [`<kick ${NS}/>`, { ids: [], jids: [] }],
    },
    fails: {
      'what is no JID': [`<kick ${NS}><jid/></kick>`, 'kick/jid', 'not a JID: domainpart is empty'],
    },
  },
});
