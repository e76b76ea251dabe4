import { bare } from '../testing/jids.js';
import { table } from '../testing/table.js';
import * as declarations from './0333-displayed-markers.js';

const NS = "xmlns='urn:xmpp:chat-markers:0'";

table(declarations, {
  markable: {
    pairs: { 'as it is': [`<markable ${NS}/>`, {}] },
    fails: { 'another marker': [`<received ${NS} id='m1'/>`, 'markable', `not <markable ${NS}/>`] },
  },
  displayed: {
    pairs: {
      'an id alone': [`<displayed ${NS} id='m1'/>`, { id: 'm1', stanzaIds: [] }],
      'with the ids of two archives, as xabber-web sends it': [
        `<displayed ${NS} id='m1'>
           <stanza-id xmlns='urn:xmpp:sid:0' by='romeo@example.com' id='777'/>
           <stanza-id xmlns='urn:xmpp:sid:0' by='verona@groups.example.com' id='1618495545123456'/>
         </displayed>`,
        {
          id: 'm1',
          stanzaIds: [
            { by: bare('romeo@example.com'), id: '777' },
            { by: bare('verona@groups.example.com'), id: '1618495545123456' },
          ],
        },
      ],
    },
    fails: {
      'no id': [`<displayed ${NS}/>`, 'displayed@id', 'missing'],
      'another marker': [`<received ${NS} id='m1'/>`, 'displayed', `not <displayed ${NS}/>`],
    },
  },
});
