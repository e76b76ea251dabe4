import { table } from '../../testing/table.js';
import * as declarations from './block.js';

const NS = "xmlns='https://xabber.com/protocol/groups#block'";

table(declarations, {
  block: {
    pairs: {
      'members, people and domains': [
        `<block ${NS}><id>r0me000011112222</id><jid>paris@example.net</jid><domain>evil.example</domain></block>`,
        { ids: ['r0me000011112222'], jids: ['paris@example.net'], domains: ['evil.example'] },
      ],
      nobody: [`<block ${NS}/>`, { ids: [], jids: [], domains: [] }],
    },
  },
  unblock: {
    pairs: {
      'as xabber-web sends it': [
        `<unblock ${NS}><jid>paris@example.net</jid></unblock>`,
        { ids: [], jids: ['paris@example.net'], domains: [] },
      ],
    },
  },
  blockList: {
    pairs: {
      'the question': [`<query ${NS}/>`, { users: [], domains: [] }],
      'the list': [
        `<query ${NS}>
           <user jid='romeo@example.com'>r0me000011112222</user><user jid='paris@example.net'/>
           <domain>evil.example</domain>
         </query>`,
        {
          users: [
            { jid: 'romeo@example.com', id: 'r0me000011112222' },
            { jid: 'paris@example.net', id: '' },
          ],
          domains: ['evil.example'],
        },
      ],
    },
  },
});
