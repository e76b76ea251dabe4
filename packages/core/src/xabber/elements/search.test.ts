import { bare } from '../../testing/jids.js';
import { table } from '../../testing/table.js';
import * as declarations from './search.js';

const NS = "xmlns='https://xabber.com/protocol/groups'";
const RSM = "xmlns='http://jabber.org/protocol/rsm'";

table(declarations, {
  search: {
    pairs: {
      'for everything': [`<search ${NS}/>`, {}],
      'for a part of a name, with empty fields': [
        `<search ${NS}><name>ver</name><description/><privacy/><membership/><index/></search>`,
        { name: 'ver', description: '', privacy: '', membership: '', index: '' },
      ],
      'for a page': [
        `<search ${NS}><name>ver</name><set ${RSM}><max>10</max></set></search>`,
        { name: 'ver', rsm: { max: 10 } },
      ],
    },
    fails: {
      'for too much': [
        `<search ${NS}><name>${'x'.repeat(257)}</name></search>`,
        'search/name',
        'longer than 256 characters',
      ],
    },
  },
  searchResult: {
    pairs: {
      'a group': [
        `<query ${NS}>
           <item>
             <jid>verona@groups.example.com</jid><name>Verona</name><anonymous>public</anonymous><model>open</model>
             <description>Where families fight</description><contacts>juliet@example.com,romeo@example.com</contacts>
             <domains/><member-count>12</member-count>
           </item>
         </query>`,
        {
          groups: [
            {
              jid: bare('verona@groups.example.com'),
              name: 'Verona',
              privacy: 'public',
              membership: 'open',
              description: 'Where families fight',
              contacts: 'juliet@example.com,romeo@example.com',
              domains: '',
              size: 12,
            },
          ],
        },
      ],
      nothing: [`<query ${NS}/>`, { groups: [] }],
    },
  },
});
