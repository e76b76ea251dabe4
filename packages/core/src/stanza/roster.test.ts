import { bare } from '../testing/jids.js';
import { table } from '../testing/table.js';
import * as declarations from './roster.js';

table(declarations, {
  roster: {
    pairs: {
      'the question': ["<query xmlns='jabber:iq:roster'/>", { items: [] }],
      contacts: [
        `<query xmlns='jabber:iq:roster'>
           <item jid='a@example.com' name='Verona' subscription='both'/>
           <item jid='b@example.com'/>
         </query>`,
        {
          items: [
            { jid: bare('a@example.com'), name: 'Verona', subscription: 'both' },
            { jid: bare('b@example.com') },
          ],
        },
      ],
    },
    fails: {
      nobody: ["<query xmlns='jabber:iq:roster'><item/></query>", 'query/item@jid', 'missing'],
    },
  },
});
