import { bare } from '../../testing/jids.js';
import { table } from '../../testing/table.js';
import * as declarations from './members.js';

const NS = "xmlns='https://xabber.com/protocol/groups#members'";
const GROUPS = "xmlns='https://xabber.com/protocol/groups'";

table(declarations, {
  members: {
    pairs: {
      'the whole list, asked by xabber-web': [`<query ${NS} version='0'/>`, { version: 0, users: [] }],
      'oneself, asked by xabber-web': [`<query ${NS} id=''/>`, { id: '', users: [] }],
      'a page': [
        `<query ${NS} version='1618495600'>
           <user ${GROUPS} id='r0me000011112222'><jid>romeo@example.com</jid><role>admin</role></user>
           <user ${GROUPS} id='jul1et00aaaabbbb'/>
           <set xmlns='http://jabber.org/protocol/rsm'><max>50</max><after>Romeo</after></set>
         </query>`,
        {
          version: 1618495600,
          users: [
            { id: 'r0me000011112222', jid: bare('romeo@example.com'), role: 'admin' },
            { id: 'jul1et00aaaabbbb' },
          ],
          rsm: { max: 50, after: 'Romeo' },
        },
      ],
    },
    reads: {
      'users of another namespace are none': [
        `<query ${NS} version='3' xml:lang='en'><user id='a'/></query>`,
        { version: 3, users: [] },
      ],
    },
    fails: {
      'a version that does not compare': [`<query ${NS} version='v1'/>`, 'query@version', 'not an integer'],
      'a user without an id': [`<query ${NS}><user ${GROUPS}/></query>`, 'query/user@id', 'missing'],
    },
  },
});
